"""An access code under the password of an account: opens with that password, at that place, and in no other way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from procurement.sealing import access, kept
from procurement.sealing.problems import BadPassphrase, Unreadable

PASSWORD = "a long password of words"
PLACE = {"call": "CALL-1", "application": "AP-1", "person": "7"}


@pytest.fixture(scope="module")
def code() -> str:
    return access.make_code()


@pytest.fixture(scope="module")
def sealed(code: str) -> dict[str, Any]:
    return kept.seal_code(code, password=PASSWORD, **PLACE)


def test_the_password_opens_it_however_its_accents_were_typed(code: str, sealed: dict[str, Any]) -> None:
    assert kept.open_code(json.loads(json.dumps(sealed)), password=PASSWORD, **PLACE) == code
    composed = kept.seal_code(code, password="mot de passe été", **PLACE)
    assert kept.open_code(composed, password="mot de passe été", **PLACE) == code


def test_what_is_kept_names_how_it_was_made_and_holds_neither_code_nor_password(
    code: str, sealed: dict[str, Any]
) -> None:
    assert (sealed["kdf"], sealed["memory"], sealed["passes"], sealed["lanes"]) == ("argon2id", 65536, 3, 1)
    assert code not in json.dumps(sealed)
    again = kept.seal_code(code, password=PASSWORD, **PLACE)
    assert (again["salt"], again["nonce"], again["sealed"]) != (sealed["salt"], sealed["nonce"], sealed["sealed"])


def test_another_password_opens_nothing(sealed: dict[str, Any]) -> None:
    with pytest.raises(BadPassphrase):
        kept.open_code(sealed, password=PASSWORD + "x", **PLACE)


@pytest.mark.parametrize("moved", [{"call": "CALL-2"}, {"application": "AP-2"}, {"person": "8"}])
def test_it_opens_at_no_other_place(sealed: dict[str, Any], moved: dict[str, str]) -> None:
    with pytest.raises(BadPassphrase):
        kept.open_code(sealed, password=PASSWORD, **{**PLACE, **moved})


@pytest.mark.parametrize(
    "wrong", [{"memory": 8}, {"passes": 1}, {"salt": "AAAA"}, {"kdf": "scrypt"}, {"memory": 2**22}]
)
def test_weaker_dearer_and_other_forms_are_refused(sealed: dict[str, Any], wrong: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        kept.open_code({**sealed, **wrong}, password=PASSWORD, **PLACE)

"""The access code, the draft key that comes of it, and what is sealed under it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement import sealing
from tests.procurement.sealing.sealed import CODE


def test_a_code_is_eight_groups_of_four_and_never_the_same():
    codes = {sealing.make_code() for _ in range(50)}

    assert len(codes) == 50
    assert all([len(group) for group in code.split("-")] == [4] * 8 for code in codes)
    assert not set("ILOU") & set("".join(codes))


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), CODE.replace("-", " "), f"  {CODE}\n", CODE.replace("0", "O").replace("1", "l")]
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert sealing.read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "0", CODE[:-1], CODE + "0", CODE[:-1] + "U", CODE[:-1] + "é", "0" * 24, "0" * 40]
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(sealing.BadCode):
        sealing.read_code(typed)
    with pytest.raises(sealing.BadCode):
        sealing.draft_key(typed, application="CAND-7")


@given(st.binary(min_size=20, max_size=20))
def test_every_code_comes_back(raw):
    from procurement.sealing.canonical import spelled, unspelled

    assert unspelled(spelled(raw)) == raw


def test_the_key_is_of_the_code_and_the_application():
    key = sealing.draft_key(CODE, application="CAND-7")

    assert len(key) == 32
    assert key == sealing.draft_key(CODE.lower(), application="CAND-7")
    assert key != sealing.draft_key(CODE, application="CAND-8")
    assert key != sealing.draft_key(sealing.make_code(), application="CAND-7")


def test_the_check_tells_a_right_code_from_a_wrong_one_and_is_not_the_key():
    key = sealing.draft_key(CODE, application="CAND-7")

    assert len(sealing.key_check(key)) == 64
    assert sealing.key_check(key) != key.hex()
    assert sealing.key_check(key) != sealing.key_check(bytes(32))


def test_what_is_sealed_for_oneself_opens_at_its_place_only():
    key = sealing.draft_key(CODE, application="CAND-7")
    place = sealing.Context("AO-1", "CAND-7", "document", "d1")
    sealed = sealing.seal_own(b"name and key of a file", key=key, context=place)

    assert sealing.open_own(sealed, key=key, context=place) == b"name and key of a file"
    assert sealing.seal_own(b"name and key of a file", key=key, context=place) != sealed
    for other in (
        replace(place, call="AO-2"),
        replace(place, application="x"),
        replace(place, purpose="receipt"),
        replace(place, subject="d2"),
    ):
        with pytest.raises(sealing.Unreadable):
            sealing.open_own(sealed, key=key, context=other)
    for bad in (sealed[:-1], sealed + b"x", b""):
        with pytest.raises(sealing.Unreadable):
            sealing.open_own(bad, key=key, context=place)

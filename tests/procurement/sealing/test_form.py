"""The commitment to what was typed: the same for whoever has the key, nothing for anybody else."""

from __future__ import annotations

import pytest

from procurement.sealing import Binding, commitment
from procurement.sealing.form import form_commitment, form_digest, form_salt

KEY, PLACE = bytes(range(32)), Binding("CALL-1", "AP-1", "financial", 1)
WRITTEN = {"price": {"days": "40", "total": "12000.00"}, "notes": {}}


def test_it_follows_from_salt_and_digest() -> None:
    promised = form_commitment(WRITTEN, own_key=KEY, binding=PLACE)
    assert promised == commitment(form_salt(KEY, PLACE), form_digest(WRITTEN))
    assert form_digest({"notes": {}, "price": {"total": "12000.00", "days": "40"}}) == form_digest(WRITTEN)


@pytest.mark.parametrize(
    "other",
    [
        Binding("CALL-2", "AP-1", "financial", 1),
        Binding("CALL-1", "AP-2", "financial", 1),
        Binding("CALL-1", "AP-1", "technical", 1),
        Binding("CALL-1", "AP-1", "financial", 2),
    ],
)
def test_the_same_text_elsewhere_has_another_one(other: Binding) -> None:
    assert form_commitment(WRITTEN, own_key=KEY, binding=other) != form_commitment(WRITTEN, own_key=KEY, binding=PLACE)
    assert form_salt(KEY, other) != form_salt(bytes(32), other)

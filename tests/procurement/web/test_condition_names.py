"""Every condition of a step has a name: a page never shows a code instead."""

from __future__ import annotations

from procurement.models import Call
from procurement.web.condition_names import CONDITION_NAMES

WITH_PAGES_OF_THEIR_OWN = ("cancel", "declare_unsuccessful")


def test_every_condition_of_a_step_has_a_name() -> None:
    arrows = list(Call().get_all_state_transitions())
    codes = {guard.code for arrow in arrows if arrow.name not in WITH_PAGES_OF_THEIR_OWN for guard in arrow.conditions}
    assert len(codes) > 40
    assert sorted(codes - CONDITION_NAMES.keys()) == []

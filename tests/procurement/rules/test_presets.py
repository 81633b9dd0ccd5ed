"""What a call changes in its rule set, and what it must explain."""

from __future__ import annotations

import pytest

from procurement.rules import presets


@pytest.mark.parametrize("name", ["prag", "qcbs", "points"])
def test_an_untouched_rule_set_departs_from_nothing(name: str) -> None:
    rules = presets.preset(name)

    assert presets.changes(rules) == {}
    assert presets.unexplained(rules) == ()


def test_a_copy_can_be_changed_without_changing_the_rule_set() -> None:
    presets.preset("prag")["tie_break"].append("price")

    assert presets.preset("prag")["tie_break"] == ["technical", "draw"]


def test_a_change_is_shown_with_its_usual_value_and_asks_for_a_reason() -> None:
    rules = presets.preset("prag") | {"threshold": "70", "comment_minimum": 50}

    assert presets.changes(rules) == {"threshold": ("75", "70"), "comment_minimum": (10, 50)}
    assert presets.unexplained(rules | {"reasons": {"threshold": "Marché étroit."}}) == ("comment_minimum",)
    assert presets.unexplained(rules | {"reasons": {"threshold": "a", "comment_minimum": "  "}}) == ("comment_minimum",)


def test_equal_figures_written_otherwise_are_no_change() -> None:
    assert presets.changes(presets.preset("prag") | {"technical_weight": "0.8", "threshold": "75.00"}) == {}


def test_what_belongs_to_the_criteria_of_a_call_departs_from_nothing() -> None:
    assert presets.changes(presets.preset("prag") | {"shortlist_mark": "60", "reasons": {}}) == {}

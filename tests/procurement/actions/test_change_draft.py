"""Writing a draft: the columns of each part, two windows, what is not valid yet, and the end of the draft."""

from __future__ import annotations

from decimal import Decimal

import pytest

from procurement.actions.change_draft import COLUMNS, change_draft
from procurement.actions.drafting import seen_of
from procurement.actions.keep_typed import keep_typed
from procurement.actions.replace_criteria import replace_criteria
from procurement.actions.replace_deliverables import replace_deliverables
from procurement.actions.replace_requirements import replace_requirements
from procurement.actions.set_rules import set_rules
from procurement.models import Call
from procurement.rules.presets import CHANGEABLE
from tests.procurement.drafts import Office, acts_of, office
from workflow import clock
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


def write(world: Office, part: str = "budget", who: str = "officer", **how) -> Call:
    values = how.pop("values", {"ceiling_amount": Decimal(15000)})
    return change_draft(call=world.call, part=part, values=values, actor=world.cast[who], now=clock.now(), **how)


def test_columns_are_written_with_their_event() -> None:
    world = office()
    write(world)

    assert world.fresh().ceiling_amount == Decimal(15000)
    assert acts_of(world.call)[-1] == "change_draft"


@pytest.mark.parametrize("who", ["approver", "authority", "auditor", "E2"])
def test_others_write_nothing(who: str) -> None:
    world = office()

    with pytest.raises(NotPermitted):
        write(world, who=who)
    assert world.fresh().ceiling_amount == Decimal(14000)


def test_a_column_that_belongs_to_another_part_is_not_written() -> None:
    world = office()
    write(world, values={"ceiling_amount": Decimal(15000), "state": "published", "created_by_id": 1, "quorum": 1})

    call = world.fresh()
    assert (call.state, call.quorum, call.created_by) == ("draft", 2, world.cast["officer"])


def test_no_part_writes_what_only_acts_may_write() -> None:
    written = {column for columns in COLUMNS.values() for column in columns}

    assert not written & {
        "state",
        "reference",
        "created_by",
        "approved_by",
        "published_at",
        "frozen",
        "rules",
        "quorum",
    }


@pytest.mark.parametrize("stage", ["in_review", "approved", "published"])
def test_what_was_sent_to_review_is_no_longer_written(stage: str) -> None:
    world = office(stage)

    with pytest.raises(Refused) as refused:
        write(world)
    assert refused.value.codes == ["DRF-01"]


def test_a_later_saving_from_another_window_is_not_overwritten_unseen() -> None:
    world = office()
    first = write(world)
    seen = seen_of(first, "budget")
    write(world, values={"ceiling_amount": Decimal(16000)}, seen=seen)

    with pytest.raises(Refused) as refused:
        write(world, values={"ceiling_amount": Decimal(17000)}, seen=seen)

    assert refused.value.codes == ["DRF-02"]
    assert world.fresh().ceiling_amount == Decimal(16000)
    write(world, values={"ceiling_amount": Decimal(17000)}, seen=seen_of(world.call, "budget"))
    assert world.fresh().ceiling_amount == Decimal(17000)


def test_what_cannot_be_read_is_kept_as_it_was_typed_until_it_can() -> None:
    world = office()
    typed = {"ceiling_amount": ["quatorze mille"]}
    keep_typed(call=world.call, part="budget", typed=typed, actor=world.cast["officer"], now=clock.now())

    assert world.fresh().draft["budget"]["typed"] == typed
    assert world.call.ceiling_amount == Decimal(14000)
    write(world)
    assert "typed" not in world.fresh().draft["budget"]


def test_criteria_are_replaced_as_a_tree() -> None:
    world = office()
    rows = [
        {"code": "A", "title": {"fr": "A"}, "maximum": Decimal(60), "stage": "interview",
         "parts": [{"code": "A1", "title": {"fr": "a"}, "maximum": Decimal(60)}]},
        {"code": "B", "title": {"fr": "B"}, "maximum": None},
    ]  # fmt: skip
    replace_criteria(call=world.call, rows=rows, actor=world.cast["officer"], now=clock.now())

    assert list(world.fresh().criteria.values_list("code", "parent__code", "stage", "position")) == [
        ("A", None, "interview", 0), ("A1", "A", "interview", 1), ("B", None, "file", 2),
    ]  # fmt: skip


def test_a_code_used_twice_is_refused_and_the_old_rows_stay() -> None:
    world = office()
    how = {"call": world.call, "actor": world.cast["officer"], "now": clock.now()}
    row = {"code": "X", "title": {"fr": "X"}}

    for replace in (
        lambda: replace_criteria(rows=[row, {**row, "parts": []}], **how),
        lambda: replace_criteria(rows=[{**row, "parts": [row]}], **how),
        lambda: replace_requirements(rows=[row, row], **how),
        lambda: replace_deliverables(rows=[row, row], **how),
    ):
        with pytest.raises(Refused) as refused:
            replace()
        assert refused.value.codes == ["DRF-03"]
        assert refused.value.reasons[0].values == {"codes": ("X",)}
    assert world.fresh().criteria.count() == 10
    assert world.call.requirements.count() == 8


def test_documents_say_how_many_envelopes_there_are() -> None:
    world = office()
    rows = [{"code": "A1", "title": {"fr": "Lettre"}, "envelope": "technical", "formats": ["pdf"], "completable": True}]
    replace_requirements(
        call=world.call,
        rows=rows,
        two_envelopes=False,
        completion_hours=24,
        actor=world.cast["officer"],
        now=clock.now(),
    )

    call = world.fresh()
    assert (call.two_envelopes, call.completion_hours) == (False, 24)
    assert list(call.requirements.values_list("code", "formats", "completable")) == [("A1", ["pdf"], True)]


def test_a_rule_set_is_copied_with_its_changes_and_their_reasons() -> None:
    world = office()
    set_rules(
        call=world.call, preset="qcbs", changes={"threshold": "70", "preset": "prag", "unknown": 1},
        reasons={"threshold": " Marché étroit. ", "normalise": "Rien n’y change."},
        actor=world.cast["officer"], now=clock.now(),
    )  # fmt: skip

    call = world.fresh()
    assert (call.preset, call.rules["threshold"], call.rules["normalise"]) == ("qcbs", "70", "none")
    assert call.rules["reasons"] == {"threshold": "Marché étroit."}
    assert set(call.rules) == CHANGEABLE | {"version", "preset", "reasons"}

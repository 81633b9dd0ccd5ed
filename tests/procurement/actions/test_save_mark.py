"""A mark is its author's, within its scale, until the sheet is signed or the seat ends."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from procurement.actions.declare_impartiality import declare_impartiality
from procurement.actions.end_seat import end_seat
from procurement.actions.save_mark import save_mark, save_sheet_comment
from procurement.models import Score, ScoreSheet
from tests.procurement.committees import World, kept
from tests.procurement.panels import fill, scoring, sheet_of, sign
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: scoring(interview=True))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def save(
    world: World, code: str, mark: str | None, *, who: str = "v1", comment: str = "", sheet: ScoreSheet | None = None
) -> Score:
    return save_mark(
        sheet=sheet or sheet_of(world, "v1", "ana"), criterion=world.call.criteria.get(code=code),
        mark=None if mark is None else Decimal(mark), comment=comment, actor=world[who], now=clock.now(),
    )  # fmt: skip


def test_a_mark_is_kept_and_replaced_with_its_comment(world: World) -> None:
    save(world, "C1a", "7.5", comment="Good")
    save(world, "C1a", "8", comment="Better")

    assert list(Score.objects.values_list("criterion__code", "mark", "comment")) == [("C1a", Decimal(8), "Better")]
    assert sheet_of(world, "v1", "ana").saved_at is not None
    events = AuditEvent.objects.filter(act="save_mark")
    assert [event.details for event in events] == [{"criterion": world.call.criteria.get(code="C1a").pk}] * 2


@pytest.mark.parametrize("mark", ["10.01", "-0.01", "11"])
def test_a_mark_outside_the_scale_is_refused_and_the_one_before_stays(world: World, mark: str) -> None:
    save(world, "C1a", "8")

    with pytest.raises(Refused) as refused:
        save(world, "C1a", mark)

    assert refused.value.codes == ["SHT-08"]
    assert "between 0 and 10" in refused.value.reasons[0].sentence
    assert Score.objects.get().mark == 8


@pytest.mark.parametrize("mark", ["0", "10", None])
def test_the_ends_of_the_scale_and_no_mark_are_kept(world: World, mark: str | None) -> None:
    assert save(world, "C1a", mark).mark == (None if mark is None else Decimal(mark))


@pytest.mark.parametrize("code", ["C1", "C3"])
def test_a_criterion_with_parts_or_of_another_stage_has_no_mark_here(world: World, code: str) -> None:
    with pytest.raises(Refused) as refused:
        save(world, code, "5")

    assert refused.value.codes == ["SHT-11"]


@pytest.mark.parametrize("who", ["v2", "chair", "secretary", "officer", "ana"])
def test_nobody_writes_on_the_sheet_of_another(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        save(world, "C1a", "8", who=who)

    assert not Score.objects.exists()
    assert save(world, "C1a", "8").pk


def test_a_signed_sheet_takes_no_mark(world: World) -> None:
    fill(world, "v1", "ana", {"C1a": "8", "C1b": "12", "C2": "60"})
    sign(world, "v1", "ana")

    with pytest.raises(Refused) as refused:
        save(world, "C1a", "9")

    assert refused.value.codes == ["SHT-04"]


def test_who_leaves_while_typing_is_told_so(world: World) -> None:
    sheet = sheet_of(world, "v1", "ana")
    save(world, "C1a", "8", sheet=sheet)
    end_seat(member=world.seat("v1"), reason="Called away to another task.", actor=world["officer"], now=clock.now())

    with pytest.raises(Refused) as refused:
        save(world, "C1b", "12", sheet=sheet)

    assert refused.value.codes == ["SHT-02"]
    assert refused.value.reasons[0].sentence == "You no longer sit on this committee."
    assert Score.objects.count() == 1


def test_a_conflict_declared_after_marks_voids_them(world: World) -> None:
    fill(world, "v1", "ana")
    sheet = sign(world, "v1", "ana")

    declare_impartiality(
        call=world.fresh(), actor=world["v1"], now=clock.now(), conflict=True,
        with_applications=[world.application("ana")], statement="We wrote a study together last year.",
    )  # fmt: skip

    assert set(ScoreSheet.objects.filter(member=sheet.member).values_list("state", flat=True)) == {"void"}
    with pytest.raises(Refused) as refused:
        save(world, "C1b", "12", sheet=sheet)
    assert "SHT-02" in refused.value.codes


def test_the_general_comment_is_kept_under_the_same_rules(world: World) -> None:
    sheet = sheet_of(world, "v1", "ana")
    save_sheet_comment(sheet=sheet, comment="Sound, a little short.", actor=world["v1"], now=clock.now())

    assert sheet_of(world, "v1", "ana").general_comment == "Sound, a little short."
    with pytest.raises(NotPermitted):
        save_sheet_comment(sheet=sheet, comment="Not mine.", actor=world["v2"], now=clock.now())

"""Only the chair reopens a signed sheet, with a reason, while nobody has seen the marks; the signed version is kept."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from procurement.actions.reopen_sheet import reopen_sheet
from procurement.actions.sign_sheet import sheet_digest
from procurement.models import Score, ScoreSheet
from tests.procurement.committees import World, kept
from tests.procurement.panels import fill, score, scoring, sheet_of, sign
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "The mark for C2 was meant for another application."


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, scoring)


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def reopen(world: World, sheet: ScoreSheet, *, who: str = "chair", reason: str = REASON) -> ScoreSheet:
    return reopen_sheet(sheet=sheet, reason=reason, actor=world[who], now=clock.now())


def test_the_signed_version_is_kept_and_a_copy_can_be_changed(world: World) -> None:
    fill(world, "v1", "ana")
    old = sign(world, "v1", "ana")

    new = reopen(world, old)
    fill(world, "v1", "ana", {"C2": "70"})
    signed = sign(world, "v1", "ana")

    old.refresh_from_db()
    assert (old.state, old.sha256, old.version) == ("superseded", sheet_digest(old), 1)
    assert (signed.pk, signed.state, signed.version, signed.reopen_reason) == (new.pk, "signed", 2, REASON)
    marks = Score.objects.filter(criterion__code="C2").values_list("sheet__version", "mark")
    assert dict(marks) == {1: Decimal(60), 2: Decimal(70)}
    assert signed.sha256 != old.sha256


def test_its_author_is_told_and_the_log_holds_the_reason(world: World) -> None:
    fill(world, "v1", "ana")
    new = reopen(world, sign(world, "v1", "ana"))

    told = OutboxMessage.objects.get(payload__kind="sheet_reopened")
    assert told.payload["user_id"] == world["v1"].pk
    assert told.payload["ids"] == {"reason": REASON}
    assert AuditEvent.objects.get(act="supersede").details == {"reason": REASON}
    assert AuditEvent.objects.get(act="reopen_sheet").subject_id == str(new.pk)


@pytest.mark.parametrize("who", ["secretary", "officer", "v1", "v2", "auditor"])
def test_nobody_but_the_chair(world: World, who: str) -> None:
    fill(world, "v1", "ana")
    signed = sign(world, "v1", "ana")

    with pytest.raises(NotPermitted):
        reopen(world, signed, who=who)


def test_a_reason_is_needed_and_a_draft_is_not_reopened(world: World) -> None:
    draft = fill(world, "v1", "ana")
    with pytest.raises(Refused) as without:
        reopen(world, draft)
    assert without.value.codes == ["MOVE"]

    with pytest.raises(Refused) as short:
        reopen(world, sign(world, "v1", "ana"), reason="Wrong mark.")
    assert short.value.codes == ["RSN-01"]


def test_marks_that_the_panel_has_seen_stay(world: World) -> None:
    score(world)

    with pytest.raises(Refused) as refused:
        reopen(world, sheet_of(world, "v1", "ana"))

    assert refused.value.codes == ["SHT-10"]
    assert sheet_of(world, "v1", "ana").state == "signed"


def test_a_reopened_sheet_holds_the_marks_back(world: World) -> None:
    fill(world, "v1", "ana")
    reopen(world, sign(world, "v1", "ana"))
    score(world, of=("v2", "v3"))
    fill(world, "v1", "ben")
    sign(world, "v1", "ben")
    assert world.fresh().state == "evaluation"

    sign(world, "v1", "ana")

    assert world.fresh().state == "consensus"

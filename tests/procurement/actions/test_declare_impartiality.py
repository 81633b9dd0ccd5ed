"""Declarations: for a known list, once, each for oneself; a conflict ends the seat from the next request on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from procurement import permissions
from procurement.actions.accept_seat import accept_seat
from procurement.actions.declare_impartiality import declare_impartiality
from procurement.actions.end_seat import end_seat
from procurement.actions.save_mark import save_mark
from procurement.actions.sign_sheet import sign_sheet
from procurement.actions.start_compliance import start_compliance
from procurement.enums import EnvelopeKind
from procurement.models import Declaration, Paper, ScoreSheet
from procurement.queries.applicants import applications_visible_to
from procurement.queries.envelopes import StillSealed, read_envelope
from procurement.queries.impartiality import list_digest, list_of_applicants
from procurement.queries.visible_papers import visible_papers
from tests.procurement.committees import (
    VOTING,
    World,
    closed_call,
    declare,
    kept,
    opened_call,
    seat_member,
    write_papers,
)
from tests.procurement.evaluations import call_in_evaluation
from tests.procurement.web.visits import Visit
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
STATEMENT = "We wrote a report together in 2019."


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: opened_call(late=("lou",)))


@pytest.fixture(scope="module")
def evaluating(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, call_in_evaluation)


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


@pytest.fixture
def panel(evaluating: World, db: None) -> World:
    return evaluating.again()


def conflict(world: World, who: str, *applicants: str, statement: str = STATEMENT) -> Any:
    named = [world.application(one) for one in applicants]
    return declare_impartiality(
        call=world.fresh(),
        actor=world[who],
        now=clock.now(),
        conflict=True,
        with_applications=named,
        statement=statement,
    )


def test_it_is_signed_for_the_list_as_opened(world: World) -> None:
    declare(world, "v1")
    declaration = world.seat("v1").declaration
    lines = list_of_applicants(world.call)
    assert [line.label for line in lines] == ["E1", "E2", "E3"]
    assert declaration.list_sha256 == list_digest(lines)
    assert not declaration.conflict
    assert world.seat("v1").ended_at is None


def test_a_paper_is_written_for_each(world: World) -> None:
    declare(world, "v1")
    conflict(world, "v2", "ana")
    write_papers()
    papers = {p.member.label: p for p in Paper.objects.filter(kind="declaration").select_related("member", "file")}
    assert papers["V1"].facts["conflicts"] == []
    assert papers["V2"].facts["conflicts"] == [{"label": "E1", "nature": STATEMENT}]
    assert all(p.file.size > 5000 for p in papers.values())


@pytest.mark.parametrize("who", ["officer", "approver", "authority", "auditor", "ana"])
def test_only_members_declare(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        declare(world, who)


def test_not_before_the_list_is_known(db: None) -> None:
    world = closed_call(in_time=("ana",))
    with pytest.raises(Refused) as caught:
        declare(world, "v1")
    assert caught.value.codes == ["IMP-01"]
    event = AuditEvent.objects.get(act="declare_impartiality", scope=world.call.reference)
    assert (event.outcome, event.reasons) == ("refused", ["IMP-01"])


def test_twice_is_refused_and_the_row_is_written_once(world: World) -> None:
    declare(world, "v1")
    with pytest.raises(Refused) as caught:
        declare(world, "v1")
    assert caught.value.codes == ["IMP-04"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Declaration.objects.update(conflict=True)


def test_a_conflict_needs_its_applications_and_its_reason(world: World) -> None:
    with pytest.raises(Refused) as caught:
        conflict(world, "v1", statement="Friends.")
    assert caught.value.codes == ["IMP-05", "IMP-06"]
    assert world.seat("v1").ended_at is None


def test_a_conflict_with_an_application_of_another_call_is_refused(world: World) -> None:
    other = opened_call(in_time=("zoe",))
    with pytest.raises(Refused) as caught:
        declare_impartiality(
            call=world.fresh(), actor=world["v1"], now=clock.now(), conflict=True,
            with_applications=[other.application("zoe")], statement=STATEMENT,
        )  # fmt: skip
    assert caught.value.codes == ["IMP-05"]


def test_a_conflict_ends_the_seat_at_once_and_the_officer_is_told(world: World) -> None:
    assert permissions.see_applicants(world.call, world["v1"])
    conflict(world, "v1", "lou")
    seat = world.seat("v1")
    assert (seat.ended_by, seat.conflict) == (world["v1"], STATEMENT)
    assert list(seat.declaration.with_applications.values_list("label", flat=True)) == ["E3"]
    assert not permissions.work_on_call(world.call, world["v1"])
    with pytest.raises(StillSealed):
        read_envelope(world.application("ana"), EnvelopeKind.TECHNICAL, actor=world["v1"], now=clock.now())
    message = OutboxMessage.objects.get(key__startswith="procurement.send_mail:conflict_declared:")
    assert message.payload["user_id"] == world["officer"].pk
    assert STATEMENT not in str(message.payload)


def test_a_replacement_must_accept_and_declare_before_the_next_step(world: World) -> None:
    declare(world, "chair", "secretary", "v2", "v3", "observer")
    conflict(world, "v1", "ana")

    def codes() -> list[str]:
        with pytest.raises(Refused) as caught:
            start_compliance(call=world.fresh(), actor=world["chair"], now=clock.now())
        return [code for code in caught.value.codes if code != "PAN-03"]

    assert codes() == ["PAN-04"]
    seat_member(world, "v4")
    assert codes() == ["PAN-01"]
    declare(world, "v4")
    assert codes() == []


def test_who_has_not_accepted_a_seat_learns_no_name(world: World) -> None:
    declare(world, "chair", "secretary", "v2", "v3", "observer")
    conflict(world, "v1", "ana")
    member = seat_member(world, "v4", accepted=False)
    assert [listed.label for listed in list_of_applicants(world.fresh())]
    names = applications_visible_to(world["v4"], call=world.fresh())
    assert permissions.work_on_call(world.call, world["v4"])
    assert not permissions.see_applicants(world.call, world["v4"])
    assert not names.exists()
    assert {paper.kind for paper in visible_papers(world.fresh(), world["v4"])} <= {"notice"}
    assert "opening_report" in {paper.kind for paper in visible_papers(world.fresh(), world["v2"])}
    assert Visit(world["v4"], world.fresh()).get("declarations/").status_code == 404
    assert Visit(world["v4"], world.fresh()).get("applicants/").status_code == 404
    accept_seat(member=member, actor=world["v4"], now=clock.now())
    assert applications_visible_to(world["v4"], call=world.fresh()).exists()
    assert Visit(world["v4"], world.fresh()).get("declarations/").status_code == 200


def test_documents_are_closed_to_a_member_until_declared(world: World) -> None:
    def read(who: str) -> Any:
        return read_envelope(world.application("ana"), EnvelopeKind.TECHNICAL, actor=world[who], now=clock.now())

    with pytest.raises(StillSealed):
        read("secretary")
    declare(world, "secretary", "observer")
    assert len(read("secretary").documents) == 1
    with pytest.raises(StillSealed):
        read("observer")


def test_a_conflict_found_after_marks_voids_every_sheet_and_keeps_them(panel: World) -> None:
    sheets = list(ScoreSheet.objects.filter(member=panel.seat("v1")).select_related("call", "member", "application"))
    assert len(sheets) == 2
    save_mark(
        sheet=sheets[0],
        criterion=panel.call.criteria.get(),
        mark=Decimal(90),
        comment="",
        actor=panel["v1"],
        now=clock.now(),
    )
    sign_sheet(sheet=sheets[0], actor=panel["v1"], now=clock.now())
    conflict(panel, "v1", "ben")
    assert set(ScoreSheet.objects.filter(member=panel.seat("v1")).values_list("state", flat=True)) == {"void"}
    assert ScoreSheet.objects.get(pk=sheets[0].pk).scores.get().mark == Decimal(90)
    assert AuditEvent.objects.filter(act="void", outcome="done").count() == 2
    assert not panel.seat("v1").declaration.conflict
    assert panel.seat("v1").conflict == STATEMENT
    with pytest.raises(Refused) as caught:
        save_mark(
            sheet=ScoreSheet.objects.get(pk=sheets[1].pk), criterion=panel.call.criteria.get(), mark=Decimal(1), comment="",
            actor=panel["v1"], now=clock.now(),
        )  # fmt: skip
    assert "SHT-02" in caught.value.codes


def test_a_replacement_in_the_evaluation_gets_the_sheets_owed(panel: World) -> None:
    assert ScoreSheet.objects.filter(state="draft").count() == 2 * len(VOTING)
    conflict(panel, "v1", "ben")
    seat_member(panel, "v4")
    assert not ScoreSheet.objects.filter(member=panel.seat("v4")).exists()
    declare(panel, "v4")
    sheets = ScoreSheet.objects.filter(member=panel.seat("v4"), state="draft", stage="file")
    assert sorted(sheets.values_list("application__label", flat=True)) == ["E1", "E2"]


def test_a_seat_that_the_officer_ends_has_no_sheets_that_count(panel: World) -> None:
    reason = "Could no longer take part for reasons of health."
    end_seat(member=panel.seat("v1"), reason=reason, actor=panel["officer"], now=clock.now())
    assert set(ScoreSheet.objects.filter(member=panel.seat("v1")).values_list("state", flat=True)) == {"void"}

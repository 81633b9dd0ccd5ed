"""Opening the technical envelopes: when, by whom, which, and what is written about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from procurement.actions.close_call import close_call
from procurement.actions.open_technical import open_technical
from procurement.actions.save_part import save_price
from procurement.enums import EnvelopeKind
from procurement.models import Application, Envelope, OpeningSession, Paper, Presence, Submission
from procurement.queries.applicants import applications_visible_to, arrivals
from procurement.queries.envelopes import StillSealed, read_envelope
from procurement.queries.impartiality import list_digest, list_of_applicants
from procurement.queries.opening import submissions_root
from tests.procurement.applying import BEFORE, DEADLINE, complete_application, person, submit
from tests.procurement.committees import OPENING, World, closed_call, in_session, kept, staffed_call
from workflow import audit, clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        return closed_call(in_time=("ana", "ben"), late=("lou",), withdrawn=("wim",))

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


def open_now(world: World, **how: Any) -> Any:
    """Open with a quorum."""
    in_session(world, "chair", "v2")
    return open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now(), **how)


def refusal(world: World) -> list[str]:
    with pytest.raises(Refused) as caught:
        open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    return caught.value.codes


def test_labels_follow_the_order_of_creation_and_late_ones_have_one(world: World) -> None:
    open_now(world)
    labels = {who: (world.application(who).label, world.application(who).state) for who in world.applications}
    assert labels == {
        "ana": ("E1", "opened"), "ben": ("E2", "opened"), "lou": ("E3", "late"), "wim": ("", "withdrawn"),
    }  # fmt: skip


def test_only_the_technical_envelopes_that_count_are_opened(world: World) -> None:
    now = clock.now()
    open_now(world)
    opened = Envelope.objects.filter(opened_at__isnull=False)
    assert {(e.application_id, e.kind) for e in opened} == {
        (world.applications[w].pk, "technical") for w in ("ana", "ben")
    }
    assert all(e.submission_id and not e.submission.late and e.opened_at > now for e in opened)


def test_of_several_submissions_only_the_last_in_time_is_opened(db: None) -> None:
    world = staffed_call()
    world.people["ana"] = person("Ana Applicant")
    application = complete_application(world.call, world["ana"])
    first = submit(application, world["ana"])
    save_price(application=application, days=Decimal(1), rate=Decimal(1), expenses=None, actor=world["ana"], now=BEFORE)
    second = submit(application, world["ana"], at=BEFORE + timedelta(minutes=1))
    clock.set_to(DEADLINE + timedelta(seconds=5))
    world.call = close_call(call=world.fresh(), actor=None, now=clock.now())
    clock.set_to(OPENING)
    open_now(world)
    assert not first.envelopes.filter(opened_at__isnull=False).exists()
    assert second.envelopes.get(opened_at__isnull=False).kind == "technical"
    left = Paper.objects.get(kind="opening_report").facts["left_sealed"]
    assert [(line["applicant"]["label"], line["outcome"]) for line in left] == [("E1", "superseded")]


def test_it_leaves_one_event_of_the_call_and_one_of_each_application_opened(world: World) -> None:
    open_now(world)
    done = AuditEvent.objects.filter(outcome="done", scope=world.call.reference)
    event = done.get(act="open_technical")
    assert (event.source, event.target, event.actor_id) == ("closed", "opened", world["secretary"].pk)
    assert done.filter(act="open").count() == 2
    session = OpeningSession.objects.get()
    assert session.opened
    assert session.ended_at


def test_the_report_tells_attendance_list_late_and_withdrawn(world: World) -> None:
    open_now(world, remarks="The lift was out of order.")
    paper = Paper.objects.get(kind="opening_report")
    facts = paper.facts
    assert [one["member"]["role"] for one in facts["attendance"]] == ["chair", "evaluator"]
    assert [(one["reception"]["applicant"]["label"], one["technical"], one["financial"]) for one in facts["opened"]] == [
        ("E1", "opened", "sealed"), ("E2", "opened", "sealed"),
    ]  # fmt: skip
    left = [(one["applicant"]["label"], one["applicant"]["name"], one["outcome"]) for one in facts["left_sealed"]]
    assert left == [("", "Wim Applicant", "withdrawn"), ("E3", "Lou Applicant", "late")]
    assert facts["minutes"] == "The lift was out of order."
    assert (facts["needed"], facts["holders"]) == (2, 4)
    assert {one["title"] for one in facts["signatures"]} == {"Président(e)", "Secrétaire"}


def test_the_report_holds_the_digest_of_every_submission(world: World) -> None:
    open_now(world)
    root = Paper.objects.get(kind="opening_report").facts["root"]
    assert root == submissions_root(world.call)
    with pytest.raises(IntegrityError), transaction.atomic():  # a digest is written once
        Submission.objects.filter(application=world.applications["lou"]).update(sha256="0" * 64)


def test_the_list_is_fixed_by_the_report_whatever_changes_later(world: World) -> None:
    open_now(world)
    lines = list_of_applicants(world.call)
    assert [(one.label, one.name, one.sealed) for one in lines] == [
        ("E1", "Ana Applicant", False), ("E2", "Ben Applicant", False), ("E3", "Lou Applicant", True),
    ]  # fmt: skip
    digest = list_digest(lines)
    world["ana"].full_name = "Ana Another"
    world["ana"].save()
    assert list_digest(list_of_applicants(world.call)) == digest
    assert list_digest(lines[:2]) != digest


def test_each_member_is_asked_to_declare(world: World) -> None:
    open_now(world)
    told = OutboxMessage.objects.filter(key__startswith="procurement.send_mail:declaration_due:")
    assert {m.payload["user_id"] for m in told} == set(world.call.members.values_list("user_id", flat=True))


def test_without_session_and_quorum_it_is_refused_with_both_reasons(world: World) -> None:
    assert refusal(world) == ["OPN-04", "OPN-05"]
    assert not Application.objects.exclude(label="").exists()


def test_before_its_hour_it_is_refused(world: World) -> None:
    in_session(world, "chair", "v2")
    clock.set_to(OPENING - timedelta(seconds=5))
    assert refusal(world) == ["OPN-02"]


def test_a_member_who_has_not_accepted_stops_it(world: World) -> None:
    in_session(world, "chair", "v2")
    member = world.seat("v3")
    member.accepted_at = None
    member.save()
    assert refusal(world) == ["OPN-03"]


@pytest.mark.parametrize("who", ["chair", "v1", "observer", "officer", "approver", "authority", "auditor", "ana"])
def test_nobody_but_the_secretary_opens(world: World, who: str) -> None:
    in_session(world, "chair", "v2")
    with pytest.raises(NotPermitted):
        open_technical(call=world.fresh(), actor=world[who], now=clock.now())


def test_twice_is_once(world: World) -> None:
    call = open_now(world)
    with pytest.raises(NoSuchMove):
        open_technical(call=call, actor=world["secretary"], now=clock.now())
    assert AuditEvent.objects.filter(act="open_technical", outcome="done").count() == 1


def test_a_forged_state_does_not_open_before_the_deadline(db: None) -> None:
    world = staffed_call()
    world.people["ana"] = person("Ana Applicant")
    world.applications["ana"] = complete_application(world.call, world["ana"])
    submit(world.applications["ana"], world["ana"])
    clock.set_to(DEADLINE - timedelta(seconds=5))
    audit.record(world.call, "close", actor=None, now=clock.now(), source="published", target="closed")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procurement_call SET state = 'closed', opening_at = now() WHERE id = %s", [world.call.pk]
        )
    session = OpeningSession.objects.create(call=world.call, kind="technical", started_by=world["secretary"])
    for who in ("chair", "v2"):
        Presence.objects.create(session=session, member=world.seat(who), holds_key=True, released_at=clock.now())
    assert refusal(world) == ["OPN-01"]
    Envelope.objects.exclude(submission=None).update(opened_at=clock.now())
    with pytest.raises(StillSealed):
        read_envelope(world.application("ana"), EnvelopeKind.TECHNICAL, actor=None, now=clock.now())


@pytest.mark.parametrize("who", ["officer", "approver", "authority", "auditor", "chair", "secretary", "v1", "observer"])
def test_before_the_opening_nobody_learns_who_applied(world: World, who: str) -> None:
    assert not applications_visible_to(world[who], call=world.call).exists()
    assert arrivals(world[who], call=world.call) == []
    open_now(world)
    seen = arrivals(world[who], call=world.fresh())
    assert len(seen) == (0 if who in ("approver", "authority") else 3)


def test_an_empty_call_opens_too(db: None) -> None:
    world = closed_call(in_time=())
    assert open_now(world).state == "opened"
    assert list_of_applicants(world.call) == ()

"""Annex IV (g): infringements of (b) to (f) and attempts “are clearly detectable”."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from procurement.actions.open_technical import open_technical
from procurement.enums import EnvelopeKind
from procurement.queries.envelopes import StillSealed, read_envelope
from procurement.queries.log import visible_events
from tests.annex_iv.attempts import EVERYBODY, refused, statuses
from tests.procurement.applying import person
from tests.procurement.committees import World, closed_call, in_session
from tests.procurement.web.visits import Visit, text_of
from tests.workflow.log.logs import seal_all, undone, without_triggers
from workflow import clock
from workflow.log import verification
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return closed_call(in_time=("ana",))


def test_each_refused_attempt_leaves_an_event_with_who_what_when_and_why(world: World) -> None:
    for who in EVERYBODY:
        refused(open_technical, call=world.fresh(), actor=world[who], now=clock.now())
    events = AuditEvent.objects.filter(act="open_technical", outcome="refused", scope=world.call.reference)
    assert {event.actor_id for event in events} == {world[who].pk for who in EVERYBODY}
    assert all(event.reasons and event.at <= clock.now() for event in events)


def test_an_attempt_in_the_browser_leaves_one_too_and_auditor_and_officer_see_it(world: World) -> None:
    assert Visit(world["v1"], world.call).post("opening/technical").status_code in (403, 404)
    seen = visible_events(world.fresh(), world["auditor"]).filter(outcome="refused", actor_id=world["v1"].pk)
    assert seen.exists()
    for who in ("auditor", "officer"):
        assert "Refused" in text_of(Visit(world[who], world.fresh()).get("log/?outcome=refused"))
    assert Visit(world["v1"], world.fresh()).get("log/").status_code == 404


def test_an_envelope_that_somebody_asks_for_too_early_is_refused(world: World) -> None:
    with pytest.raises(StillSealed):
        read_envelope(world.application("ana"), EnvelopeKind.TECHNICAL, actor=world["chair"], now=clock.now())


def test_who_asks_for_a_page_that_is_not_theirs_leaves_an_event_that_auditor_and_officer_see(world: World) -> None:
    assert statuses(world, "compliance/", ("v1", "observer")) == {"v1": 404, "observer": 404}
    events = AuditEvent.objects.filter(act="ask_for_page", scope=world.call.reference)
    assert {event.actor_id for event in events} == {world["v1"].pk, world["observer"].pk}
    assert {(event.outcome, *event.reasons, event.details["page"]) for event in events} == {
        ("refused", "PERMISSION", "call_compliance")
    }
    for who in ("auditor", "officer"):
        assert visible_events(world.fresh(), world[who]).filter(act="ask_for_page").count() == 2
        assert "call_compliance" in text_of(Visit(world[who], world.fresh()).get("log/?act=ask_for_page"))


def test_the_same_page_asked_for_again_leaves_one_event_an_hour(world: World) -> None:
    for _again in range(3):
        statuses(world, "compliance/", ("v1",))
    assert AuditEvent.objects.filter(act="ask_for_page").count() == 1
    clock.set_to(clock.now() + timedelta(minutes=61))
    statuses(world, "compliance/", ("v1",))
    assert AuditEvent.objects.filter(act="ask_for_page").count() == 2


def test_an_attempt_on_an_application_is_on_the_log_and_shows_nobody_before_the_opening_that_somebody_applied(
    world: World,
) -> None:
    reference = world.applications["ana"].reference
    for user in (world["officer"], world["v1"], person("Sam Stranger")):
        assert Visit(user, world.call).client.get(f"/applications/{reference}/").status_code == 404
    assert AuditEvent.objects.filter(act="ask_for_page", scope=world.call.reference).count() == 3
    for who in ("auditor", "officer", "chair"):
        assert not visible_events(world.fresh(), world[who]).filter(act="ask_for_page").exists()
    in_session(world, "chair", "v2")
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    assert visible_events(world.fresh(), world["auditor"]).filter(act="ask_for_page").count() == 3


def test_a_page_that_no_file_has_and_a_visitor_leave_no_event(world: World) -> None:
    Visit(world["v1"], world.call).client.get("/calls/NOWHERE-1/compliance/")
    Client().get(f"/calls/{world.call.reference}/compliance/")
    assert not AuditEvent.objects.filter(act="ask_for_page").exists()


def test_what_was_opened_and_read_is_in_the_log(world: World) -> None:
    in_session(world, "chair", "v2")
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    acts = set(AuditEvent.objects.filter(scope=world.call.reference).values_list("act", flat=True))
    assert {"close", "start_session", "confirm_presence", "open_technical", "open"} <= acts


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM workflow_auditevent WHERE outcome = 'refused'",
        "UPDATE workflow_auditevent SET actor_id = 1 WHERE outcome = 'refused'",
        "DROP TRIGGER call_is_held ON procurement_call",
        "DROP TRIGGER deadline_only_later ON procurement_publisheddeadline",
        "UPDATE procurement_call SET state = 'opened'",
        "DELETE FROM procurement_submission",
    ],
)
def test_whoever_takes_the_trace_away_is_found(world: World, statement: str) -> None:
    refused(open_technical, call=world.fresh(), actor=world["v1"], now=clock.now())
    clock.set_to(clock.now() + timedelta(minutes=1))
    seal_all(limit=10**6)
    assert verification.examine().code == 0
    with undone():
        without_triggers(statement)
        assert verification.examine().code == 2

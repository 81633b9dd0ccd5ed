"""The log: before the opening it says nothing of applicants; afterwards each person sees their part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.start_application import start_application
from procurement.actions.suspend_call import suspend_call
from procurement.queries.log import visible_events
from procurement.queries.messages import dead_messages
from tests.procurement.applying import BEFORE, person
from tests.procurement.awards import GRENOBLE, priced, ranked
from tests.procurement.committees import World, closed_call, in_session, kept, staffed_call
from tests.procurement.evaluations import call_in_evaluation
from workflow import audit, clock, outbox
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import Refused

pytestmark = pytest.mark.django_db
OF_APPLICANTS = {"start_application", "attach_document", "submit", "record_late", "withdraw"}


@pytest.fixture(scope="module")
def sealed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(late=("lou",), withdrawn=("wim",)))


@pytest.fixture(scope="module")
def marked(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced({"ana": GRENOBLE["ana"]}, withdrawn=("wim",)))


def acts(world: World, who: str) -> set[str]:
    return set(visible_events(world.fresh(), world[who]).values_list("act", flat=True))


def subjects(world: World, who: str) -> set[str]:
    return set(visible_events(world.fresh(), world[who]).values_list("subject_type", flat=True))


def test_before_the_opening_the_log_says_nothing_of_applicants(sealed: World, db: None) -> None:
    world = sealed.again()
    assert set(AuditEvent.objects.filter(scope=world.call.reference).values_list("act", flat=True)) >= OF_APPLICANTS
    for who in ("officer", "auditor", "chair", "authority"):
        assert not acts(world, who) & OF_APPLICANTS
        assert "close" in acts(world, who)


def test_the_log_is_the_same_whether_nobody_applied_or_many(sealed: World, db: None) -> None:
    none, some = closed_call(in_time=()), sealed.again()
    for who in ("officer", "auditor", "secretary"):
        for world in (none, some):
            in_session(world) if not world.call.sessions.exists() else None
        seen = [[(e.act, e.subject_type) for e in visible_events(w.fresh(), w[who])] for w in (none, some)]
        assert seen[0] == seen[1]


def test_an_attempt_of_an_applicant_that_was_refused_names_nobody(db: None) -> None:
    world = staffed_call()
    stranger = person("Sam Stranger")
    suspend_call(call=world.call, reason="The annexes must be corrected.", actor=world["approver"], now=BEFORE)
    with pytest.raises(Refused):
        start_application(call=world.fresh(), actor=stranger, now=clock.now())
    assert AuditEvent.objects.filter(scope=world.call.reference, actor_id=stranger.pk, outcome="refused").exists()
    assert not visible_events(world.fresh(), world["officer"]).filter(actor_id=stranger.pk).exists()


def test_marking_is_hidden_from_officers_until_the_marks_are_shared(marked: World, db: None) -> None:
    world = call_in_evaluation(in_time=("ana",))
    sheet = world.call.sheets.first()
    audit.record(sheet, "save_mark", actor=world["v1"], now=clock.now())
    assert "procurement_scoresheet" not in subjects(world, "officer")
    assert "procurement_scoresheet" in subjects(world, "auditor")
    assert "procurement_scoresheet" in subjects(marked.again(), "officer")


def test_the_committee_reads_the_acts_on_the_call_and_no_others(marked: World, db: None) -> None:
    world = marked.again()
    assert subjects(world, "officer") > subjects(world, "v1") >= {"procurement_call"}
    assert not subjects(world, "v1") & {"procurement_application", "procurement_scoresheet", "procurement_enginerun"}


def test_who_took_back_an_application_stays_out_of_the_officers_log(marked: World, db: None) -> None:
    world = marked.again()
    about_wim = {"subject_type": "procurement_application", "subject_id": str(world.applications["wim"].pk)}
    assert visible_events(world.fresh(), world["auditor"]).filter(**about_wim).exists()
    assert not visible_events(world.fresh(), world["officer"]).filter(**about_wim).exists()
    about_ana = about_wim | {"subject_id": str(world.applications["ana"].pk)}
    assert visible_events(world.fresh(), world["officer"]).filter(**about_ana).exists()


def test_an_outsider_reads_no_log(marked: World, db: None) -> None:
    world = marked.again()
    assert not visible_events(world.fresh(), world["ana"]).exists()


def test_the_ranking_leaves_its_events(marked: World, db: None) -> None:
    world = marked.again()
    run = ranked(world)
    events = visible_events(world.fresh(), world["auditor"]).filter(act="run_engine")
    assert [event.details["sha256"] for event in events] == [run.sha256]


def dead(world: World, **payload: Any) -> OutboxMessage:
    key = f"dead {sorted(payload.items())}"
    message = outbox.post("procurement.send_mail", key=key, now=clock.now(), scope=world.call.reference, **payload)
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=clock.now())
    return message


def test_dead_mails_to_applicants_are_shown_after_the_opening_only(sealed: World, marked: World, db: None) -> None:
    world = sealed.again()
    mail = dead(world, kind="receipt", user_id=world["ana"].pk, application_id=world.applications["ana"].pk)
    dead(world, kind="late_receipt", user_id=world["lou"].pk)
    own = dead(world, kind="seat_given", user_id=world["v1"].pk)
    assert [one.message.pk for one in dead_messages(world.fresh(), world["officer"])] == [own.pk]
    after = marked.again()
    mail = dead(after, kind="letter", user_id=after["ana"].pk, application_id=after.applications["ana"].pk)
    shown = dead_messages(after.fresh(), after["officer"])
    assert [(one.message.pk, one.person, one.application) for one in shown] == [(mail.pk, "Ana Applicant", "E1")]


def test_dead_messages_are_for_officers_and_the_auditor(marked: World, db: None) -> None:
    world = marked.again()
    dead(world, kind="letter", user_id=world["ana"].pk)
    assert len(dead_messages(world.fresh(), world["auditor"])) == 1
    for who in ("chair", "authority", "v1", "ana"):
        assert dead_messages(world.fresh(), world[who]) == []

"""The clock asks key holders to try their keys, reminds them, and says who has not; once for each round."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from procurement.actions.ask_drill import ask_drill, pass_drill
from procurement.actions.suspend_call import resume_call, suspend_call
from procurement.demo.keys import private_half
from procurement.models import KeyHolder
from procurement.queries.drills import green, waiting_drill
from procurement.queries.roster import name_of
from procurement.sealing.drill import answer_drill
from procurement.web.moves import moves_of
from tests.procurement.drafts import Office, local, office
from tests.procurement.web.visits import Visit, text_of
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage

pytestmark = pytest.mark.django_db
FIRST, SECOND, LAST = local("2020-03-05T17:00"), local("2020-03-09T17:00"), local("2020-03-11T17:00")
HOLDERS = ["Chair", "Secretary", "V1", "V2"]


@pytest.fixture
def world() -> Office:
    return office("published")


def at(instant: Any) -> None:
    clock.set_to(instant)
    clock.tick()


def mails(kind: str) -> list[str]:
    rows = OutboxMessage.objects.filter(payload__kind=kind).order_by("id")
    return [row.payload["user_id"] for row in rows]


def people(world: Office, *labels: str) -> list[int]:
    return [KeyHolder.objects.get(member__label=one, call=world.call).member.user_id for one in labels]


def answer(world: Office, *labels: str) -> None:
    for label in labels:
        holder = KeyHolder.objects.select_related("call", "member__user").get(member__label=label, call=world.call)
        drill = waiting_drill(holder)
        assert drill is not None
        found = answer_drill(
            drill.envelope, holder=name_of(holder), private=private_half(holder), call=world.call.reference
        )
        pass_drill(holder=holder, answer=found, actor=holder.member.user, now=clock.now())


def titles(user: Any) -> list[str]:
    with translation.override("en"):
        return [move.title for side in moves_of(user, now=clock.now()) for move in side]


def test_a_week_before_the_deadline_every_holder_is_asked_once(world: Office) -> None:
    at(FIRST - timedelta(minutes=1))
    assert mails("drill_asked") == []
    at(FIRST)
    clock.tick()

    assert sorted(mails("drill_asked")) == sorted(people(world, *HOLDERS))
    assert world.fresh().next_check_at == SECOND
    event = AuditEvent.objects.get(act="ask_drill")
    assert (event.actor_id, len(event.details["drills"])) == (None, 4)
    assert "Open the test envelope with your key" in titles(world.cast["V1"])


def test_who_has_not_opened_theirs_is_reminded_and_the_others_are_left_alone(world: Office) -> None:
    at(FIRST)
    answer(world, "Chair", "V1")
    at(SECOND)
    assert sorted(mails("drill_reminder")) == sorted(people(world, "Secretary", "V2"))
    assert len(mails("drill_asked")) == 4
    assert [one.member.label for one in green(world.call)] == ["Chair", "V1"]
    answer(world, "Secretary")
    at(LAST)
    assert mails("drill_reminder")[2:] == people(world, "V2")
    assert world.fresh().next_check_at == world.call.deadline
    at(world.call.deadline + timedelta(seconds=1))
    assert world.fresh().state == "closed"


def test_officers_and_auditors_hear_of_it_while_too_few_are_tried(world: Office) -> None:
    at(FIRST)
    assert mails("keys_untried") == []
    at(SECOND)
    told = {world.cast[who].pk for who in ("officer", "auditor", "secretary")}
    assert set(mails("keys_untried")) == told
    answer(world, "Chair", "V1", "V2")  # the quorum and one more
    at(LAST)
    assert len(mails("keys_untried")) == len(told)


def test_the_officer_sees_who_has_not_passed_and_may_still_ask(world: Office) -> None:
    page = text_of(Visit(world.cast["officer"], world.call).get("keys/"))
    assert "The clock asks every holder by itself on Thursday 5 March 2020" in page
    at(FIRST)
    answer(world, "V1")
    waiting = [title for title in titles(world.cast["officer"]) if title == "open the test envelope with the key"]
    assert len(waiting) == 3
    page = text_of(Visit(world.cast["officer"], world.call).get("keys/"))
    assert page.count("not opened yet") == 3
    assert "The clock asks every holder by itself" not in page
    assert len(ask_drill(call=world.call, actor=world.cast["officer"], now=clock.now())) == 4
    at(SECOND)
    assert len(mails("drill_reminder")) == 4  # the officer's drill counts: it is not asked once more


def test_a_late_tick_does_one_round_and_not_all_that_were_missed(world: Office) -> None:
    at(LAST + timedelta(hours=1))
    assert (len(mails("drill_asked")), mails("drill_reminder")) == (4, [])
    assert world.fresh().next_check_at == world.call.deadline


def test_nobody_is_asked_while_the_call_is_suspended_and_the_moved_deadline_has_its_own_rounds(world: Office) -> None:
    at(FIRST)
    answer(world, *HOLDERS)
    suspend_call(call=world.call, reason="Une pièce du dossier doit être vérifiée.", actor=world.cast["approver"],
                 now=clock.now())  # fmt: skip
    at(SECOND)
    assert mails("drill_reminder") == []
    later = local("2020-03-27T17:00")
    resume_call(call=world.fresh(), new_deadline=later, reason="Vérification faite, la collecte reprend.",
                actor=world.cast["approver"], now=clock.now())  # fmt: skip
    assert world.fresh().next_check_at == local("2020-03-20T17:00")
    at(local("2020-03-20T17:00"))
    assert len(mails("drill_asked")) == 8
    assert green(world.call) == []


def test_a_holder_without_a_confirmed_key_is_not_asked(world: Office, settings: Any) -> None:
    KeyHolder.objects.filter(member__label="V2", call=world.call).update(confirmed_at=None)
    at(FIRST)
    assert sorted(mails("drill_asked")) == sorted(people(world, "Chair", "Secretary", "V1"))


def test_an_installation_may_leave_it_to_the_officers(settings: Any) -> None:
    settings.DRILL_DAYS = ()
    world = office("published", reference="OTHER-3")
    call = world.fresh()
    assert call.next_check_at is not None
    type(call).objects.filter(pk=call.pk).update(next_check_at=call.deadline)
    at(LAST)
    assert mails("drill_asked") == []

"""A deadline moves later after an incident: one proposes with the evidence of our own log, another decides."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import Membership
from procurement.actions.close_call import close_call
from procurement.actions.extend_deadline import drop_extension, extend_deadline, propose_extension
from procurement.models import Application, Call, DeadlineExtension, OpeningSession, Submission
from tests.procurement.applying import BEFORE, DEADLINE, complete_application, submit
from tests.procurement.committees import World, staffed_call
from tests.procurement.drafts import settle, subscriber
from tests.procurement.incidents import fault, measured
from workflow import clock
from workflow.models import AuditEvent, AvailabilitySample, OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "Le service n’a pas répondu pendant la dernière heure."
LATER = DEADLINE + timedelta(hours=3)
INCIDENT = DEADLINE - timedelta(minutes=45)


@pytest.fixture
def world() -> World:
    """An open call with its committee; the service failed for half an hour before the deadline."""
    made = staffed_call()
    fault(since=INCIDENT)
    clock.set_to(DEADLINE - timedelta(minutes=10))
    return made


def propose(
    world: World, *, deadline: datetime = LATER, who: str = "officer", reason: str = REASON
) -> DeadlineExtension:
    if AvailabilitySample.objects.exists():
        measured(until=clock.now())
    return propose_extension(
        call=world.fresh(), new_deadline=deadline, reason=reason, actor=world[who], now=clock.now()
    )


def extend(world: World, who: str = "approver") -> Call:
    return extend_deadline(call=world.fresh(), actor=world[who], now=clock.now())


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return refused.value.codes


def test_one_proposes_another_decides_and_everybody_reads_it(world: World) -> None:
    subscriber("reader@example.org")
    application = complete_application(world.call, world["officer"].__class__.objects.create_user("ana@example.org"))
    proposed = propose(world)
    assert world.fresh().deadline == DEADLINE  # nothing has moved yet

    call = extend(world)

    assert (call.deadline, call.latest_deadline(), call.state) == (LATER, LATER, "published")
    assert call.opening_at == DEADLINE + timedelta(hours=18) + timedelta(days=1)  # as many days, the next one up
    assert Call.objects.get(pk=call.pk).next_check_at <= clock.now()  # keys are tried anew in the week before it
    assert [(former, later.deadline, later.reason) for former, later in call.deadline_moves()] == [
        (DEADLINE, LATER, REASON)
    ]
    proposed.refresh_from_db()
    assert (proposed.approved, proposed.decided_by) == (True, world["approver"])
    assert (proposed.lost, len(proposed.evidence)) == (timedelta(minutes=30), 1)
    settle()
    kinds = set(OutboxMessage.objects.filter(task="procurement.send_mail").values_list("payload__kind", flat=True))
    assert {"extension_proposed", "deadline_extended"} <= kinds
    assert OutboxMessage.objects.filter(task="procurement.tell_subscriber").count() == 1
    assert not OutboxMessage.objects.filter(done_at=None).exists()
    assert not submit(application, application.user, at=DEADLINE + timedelta(hours=1)).late


def test_nobody_moves_a_deadline_alone(world: World) -> None:
    Membership.objects.create(user=world["approver"], organisation=world.call.organisation, role=Role.OFFICER)
    propose(world, who="approver")
    with pytest.raises(NotPermitted):
        extend(world)
    with pytest.raises(NotPermitted):
        extend(world, "officer")
    assert world.fresh().deadline == DEADLINE
    proposed = DeadlineExtension.objects.get()
    proposed.approved, proposed.decided_by = True, proposed.proposed_by
    with pytest.raises(IntegrityError, match="extension_by_two"), transaction.atomic():
        proposed.save()


@pytest.mark.parametrize("who", ["authority", "auditor", "chair", "secretary", "observer"])
def test_nobody_else_proposes_or_decides(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        propose(world, who=who)
    propose(world)
    with pytest.raises(NotPermitted):
        extend(world, who)
    assert AuditEvent.objects.filter(outcome="refused", actor_id=world[who].pk).count() == 2


def test_a_deadline_never_moves_earlier_nor_by_less_than_was_lost(world: World) -> None:
    for deadline in (DEADLINE - timedelta(days=1), DEADLINE, DEADLINE + timedelta(minutes=29)):
        with pytest.raises(Refused) as refused:
            propose(world, deadline=deadline)
        assert codes(refused) == ["EXT-03"]
    propose(world, deadline=DEADLINE + timedelta(minutes=30))


def test_without_a_fault_in_our_own_log_there_is_no_later_deadline() -> None:
    world = staffed_call()
    clock.set_to(DEADLINE - timedelta(minutes=10))
    with pytest.raises(Refused) as refused:
        propose(world)
    assert codes(refused) == ["EXT-02"]
    fault(since=DEADLINE - timedelta(days=2))  # long before: everybody had time since
    with pytest.raises(Refused) as refused:
        propose(world)
    assert codes(refused) == ["EXT-02"]


def test_there_is_one_proposal_at_a_time_with_a_reason(world: World) -> None:
    with pytest.raises(Refused) as refused:
        propose(world, reason="Panne.")
    assert codes(refused) == ["RSN-01"]
    propose(world)
    with pytest.raises(Refused) as refused:
        propose(world)
    assert codes(refused) == ["EXT-04"]
    with pytest.raises(Refused):
        drop_extension(call=world.fresh(), reason="Non.", actor=world["approver"], now=clock.now())
    drop_extension(call=world.fresh(), reason=REASON, actor=world["approver"], now=clock.now())
    with pytest.raises(Refused) as refused:
        extend(world)
    assert codes(refused)[0] == "EXT-06"
    assert world.fresh().deadline == DEADLINE
    propose(world)


def test_a_call_that_closed_meanwhile_collects_again_and_who_was_late_may_submit(world: World) -> None:
    people = [type(world["officer"]).objects.create_user(f"{name}@example.org") for name in ("ana", "ben")]
    in_time, late = (complete_application(world.call, one) for one in people)
    submit(in_time, people[0], at=BEFORE)
    assert submit(late, people[1], at=DEADLINE + timedelta(minutes=1)).late
    close_call(call=world.fresh(), actor=None, now=clock.now())
    propose(world)

    call = extend(world)

    assert (world.fresh().state, world.call.closed_at) == ("published", None)
    states = dict(Application.objects.values_list("pk", "state"))
    assert (states[in_time.pk], states[late.pk]) == ("submitted", "draft")
    assert not submit(late, people[1], at=DEADLINE + timedelta(hours=1)).late
    assert sorted(Submission.objects.filter(application=late).values_list("late", flat=True)) == [False, True]
    clock.set_to(LATER + timedelta(seconds=1))
    assert close_call(call=call, actor=None, now=clock.now()).state == "closed"


def test_what_was_proposed_too_long_ago_does_not_give_the_time_back(world: World) -> None:
    propose(world, deadline=DEADLINE + timedelta(minutes=30))
    clock.set_to(DEADLINE + timedelta(minutes=20))
    with pytest.raises(Refused) as refused:
        extend(world)
    assert codes(refused) == ["EXT-03"]


def test_once_the_opening_has_begun_no_deadline_moves(world: World) -> None:
    propose(world)
    clock.set_to(DEADLINE + timedelta(seconds=1))
    close_call(call=world.fresh(), actor=None, now=clock.now())
    OpeningSession.objects.create(
        call=world.call, kind="technical", started_by=world["secretary"], started_at=clock.now()
    )
    with pytest.raises(Refused) as refused:
        extend(world)
    assert codes(refused) == ["EXT-01"]

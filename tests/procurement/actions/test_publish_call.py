"""Publication, by the officer or by the clock; suspension and what it gives back; who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procurement.actions.publish_call import publish_call
from procurement.actions.start_application import start_application
from procurement.actions.suspend_call import resume_call, suspend_call
from procurement.models import KeyHolder, Paper, PublishedDeadline
from procurement.queries.papers.notice import lines_of
from tests.procurement.drafts import local, office, settle, subscriber, told
from workflow import clock
from workflow.models import OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "Une pièce du dossier doit être vérifiée."


def test_the_deadline_counts_from_the_publication_on() -> None:
    world = office("approved")
    clock.set_to(local("2020-02-03T09:00"))
    published = publish_call(call=world.call, actor=world.cast["officer"], now=clock.now())

    row = PublishedDeadline.objects.get(call=published)
    assert (row.deadline, row.published_by) == (local("2020-03-12T17:00"), world.cast["officer"])
    assert published.next_check_at == local("2020-03-05T17:00")  # when the holders are asked to try their keys


def test_the_clock_publishes_at_the_instant_chosen_and_not_before() -> None:
    world = office("approved")
    clock.set_to(local("2020-02-03T08:59:59"))
    clock.tick()
    assert world.fresh().state == "approved"

    clock.set_to(local("2020-02-03T09:00"))
    clock.tick()

    assert (world.fresh().state, world.call.published_by) == ("published", None)


def test_the_clock_waits_for_a_key_and_tries_again() -> None:
    world = office("approved")
    KeyHolder.objects.filter(member__label="V2").update(confirmed_at=None)
    clock.set_to(local("2020-02-03T09:00"))
    clock.tick()

    call = world.fresh()
    assert (call.state, call.published_at) == ("approved", None)
    assert call.next_check_at == pytest.approx(local("2020-02-03T09:05"), abs=timedelta(seconds=5))
    KeyHolder.objects.filter(member__label="V2").update(confirmed_at=clock.now())
    clock.set_to(local("2020-02-03T09:06"))
    clock.tick()
    assert world.fresh().state == "published"


def test_nothing_is_published_without_its_notice() -> None:
    world = office("approved")
    Paper.objects.filter(call=world.call).update(file=None)

    with pytest.raises(Refused) as refused:
        publish_call(call=world.call, actor=world.cast["officer"], now=clock.now())
    assert refused.value.codes == ["PUB-20"]


@pytest.mark.parametrize("who", ["approver", "authority", "chair", "E2"])
def test_others_do_not_publish(who: str) -> None:
    world = office("approved")

    with pytest.raises(NotPermitted):
        publish_call(call=world.call, actor=world.cast[who], now=clock.now())


def test_each_subscriber_is_told_once_in_the_own_language(mailoutbox) -> None:
    world = office("approved")
    subscriber("fr@list.example")
    subscriber("en@list.example", language="en")
    subscriber("unconfirmed@list.example", confirmed=False)
    clock.set_to(local("2020-02-03T09:00"))
    publish_call(call=world.call, actor=world.cast["officer"], now=clock.now())
    settle()
    settle()

    letters = {letter.to[0]: letter for letter in mailoutbox if letter.to[0].endswith("@list.example")}
    assert set(letters) == {"fr@list.example", "en@list.example"}
    assert sum(letter.to[0] == "en@list.example" for letter in mailoutbox) == 1
    assert letters["en@list.example"].subject.startswith("New call")
    assert f"/notices/{world.call.reference}/" in letters["en@list.example"].body
    assert "token-en@list.example" in letters["en@list.example"].body
    assert OutboxMessage.objects.filter(task="procurement.tell_subscriber").count() == 2


def test_who_leaves_before_the_mail_goes_is_left_alone(mailoutbox) -> None:
    world = office("approved")
    gone = subscriber("gone@list.example")
    clock.set_to(local("2020-02-03T09:00"))
    publish_call(call=world.call, actor=world.cast["officer"], now=clock.now())
    for message in OutboxMessage.objects.filter(task="procurement.announce_call"):
        from workflow import outbox

        outbox.deliver(message.pk)
    gone.ended_at = clock.now()
    gone.save()
    settle()

    assert not [letter for letter in mailoutbox if letter.to == ["gone@list.example"]]


def applicants(world) -> None:
    for who in ("E2", "E3"):
        start_application(call=world.call, actor=world.cast[who], now=clock.now())


def test_a_suspension_tells_everybody_who_has_begun_and_stops_the_clock() -> None:
    world = office("published")
    applicants(world)
    suspended = suspend_call(call=world.call, reason=REASON, actor=world.cast["approver"], now=clock.now())
    assert (suspended.state, suspended.next_check_at) == ("suspended", None)
    assert told("call_suspended") == set()  # the act itself reads no application

    settle()

    assert told("call_suspended") == {world.cast["E2"].email, world.cast["E3"].email}


def test_a_suspension_needs_a_reason_and_the_approver() -> None:
    world = office("published")

    with pytest.raises(Refused) as refused:
        suspend_call(call=world.call, reason="", actor=world.cast["approver"], now=clock.now())
    assert refused.value.codes == ["RSN-01"]
    with pytest.raises(NotPermitted):
        suspend_call(call=world.call, reason=REASON, actor=world.cast["officer"], now=clock.now())


def test_the_time_lost_is_given_back_and_the_later_dates_follow() -> None:
    world = office("published")
    clock.set_to(local("2020-03-01T12:00"))
    suspend_call(call=world.call, reason=REASON, actor=world.cast["approver"], now=clock.now())
    clock.set_to(local("2020-03-04T12:00:01"))
    how = {"call": world.call, "reason": REASON, "actor": world.cast["approver"], "now": clock.now()}

    with pytest.raises(Refused) as refused:
        resume_call(new_deadline=local("2020-03-15T17:00"), **how)
    assert refused.value.codes == ["PUB-23"]
    assert world.fresh().deadline == local("2020-03-12T17:00")

    resumed = resume_call(new_deadline=local("2020-03-16T17:00"), **how)
    assert (resumed.state, resumed.deadline, resumed.suspended_at) == ("published", local("2020-03-16T17:00"), None)
    assert resumed.opening_at == local("2020-03-17T10:00")
    assert world.fresh().latest_deadline() == local("2020-03-16T17:00")
    assert PublishedDeadline.objects.filter(call=world.call).count() == 2
    settle()
    clock.set_to(local("2020-03-12T17:01"))
    clock.tick()
    assert world.fresh().state == "published"


def test_tasks_are_lines_of_a_text() -> None:
    assert lines_of("- Un\n\n  • Deux \nTrois - quatre\n") == ["Un", "Deux", "Trois - quatre"]

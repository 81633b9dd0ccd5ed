"""Cancellation by two, and subscriptions."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import Membership
from procurement.actions.cancel_call import ask_cancellation, cancel_call, drop_cancellation
from procurement.actions.start_application import start_application
from procurement.actions.subscribe import confirm_subscription, end_subscription, subscribe
from procurement.models import Subscription
from tests.procurement.drafts import office, settle, told
from workflow import clock
from workflow.models import OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "Le financement du programme est retiré."


def ask(world, who: str = "officer", reason: str = REASON):
    return ask_cancellation(call=world.call, reason=reason, actor=world.cast[who], now=clock.now())


def codes(act) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.codes


@pytest.mark.parametrize("stage", ["written", "in_review", "approved", "published"])
def test_one_asks_another_decides_and_the_reason_becomes_public(stage: str) -> None:
    world = office(stage)
    ask(world)
    assert told("cancellation_asked") == {world.cast["authority"].email}
    call = cancel_call(call=world.fresh(), actor=world.cast["authority"], now=clock.now())

    assert (call.state, call.end_reason, call.ended_at is not None) == ("cancelled", REASON, True)
    assert (call.cancellation.asked_by, call.cancellation.decided_by) == (
        world.cast["officer"],
        world.cast["authority"],
    )
    assert codes(lambda: ask(world)) == ["CAN-01", "CAN-02"]


def test_nobody_cancels_alone() -> None:
    world = office("published")

    assert codes(lambda: cancel_call(call=world.call, actor=world.cast["authority"], now=clock.now())) == ["AWD-16"]
    Membership.objects.create(user=world.cast["authority"], organisation=world.call.organisation, role=Role.OFFICER)
    ask(world, "authority")
    with pytest.raises(NotPermitted):
        cancel_call(call=world.fresh(), actor=world.cast["authority"], now=clock.now())
    assert world.fresh().state == "published"


def test_a_request_has_a_reason_an_officer_and_no_second() -> None:
    world = office("published")

    assert codes(lambda: ask(world, reason="Trop court.")) == ["RSN-01"]
    with pytest.raises(NotPermitted):
        ask(world, "approver")
    ask(world)
    assert codes(lambda: ask(world)) == ["CAN-02"]


def test_a_request_can_be_declined_or_taken_back_and_made_again() -> None:
    world = office("published")
    for who in ("officer", "authority"):
        ask(world)
        with pytest.raises(NotPermitted):
            drop_cancellation(call=world.fresh(), reason=REASON, actor=world.cast["approver"], now=clock.now())
        drop_cancellation(call=world.fresh(), reason=REASON, actor=world.cast[who], now=clock.now())
    with pytest.raises(NotPermitted):
        drop_cancellation(call=world.fresh(), reason=REASON, actor=world.cast["officer"], now=clock.now())

    assert (world.fresh().state, hasattr(world.call, "cancellation")) == ("published", False)


def test_those_who_have_begun_an_application_are_told() -> None:
    world = office("published")
    start_application(call=world.call, actor=world.cast["E2"], now=clock.now())
    ask(world)
    cancel_call(call=world.fresh(), actor=world.cast["authority"], now=clock.now())
    settle()

    assert told("call_cancelled") == {world.cast["E2"].email}


def test_subscribers_are_told_and_the_notice_is_on_the_public_page(mailoutbox) -> None:
    world = office("published")
    subscription = subscribe(email="reader@list.example", language="en", now=clock.now())
    confirm_subscription(subscription=subscription, language="en", now=clock.now())
    ask(world)
    cancel_call(call=world.fresh(), actor=world.cast["authority"], now=clock.now())
    settle()
    settle()

    (letter,) = [one for one in mailoutbox if one.to == ["reader@list.example"] and "cancelled" in one.subject]
    assert REASON in letter.body
    page = Client().get(f"/notices/{world.call.reference}/")
    assert f"/notices/{world.call.reference}/end.docx" in page.content.decode()
    word = Client().get(f"/notices/{world.call.reference}/end.docx")
    assert (word.status_code, b"".join(word.streaming_content)[:2]) == (200, b"PK")
    assert not world.fresh().letters.exists()  # nothing was opened: nobody knows who applied


def test_a_cancelled_draft_tells_nobody() -> None:
    world = office("approved")
    ask(world)
    cancel_call(call=world.fresh(), actor=world.cast["authority"], now=clock.now())
    settle()

    assert not OutboxMessage.objects.filter(task="procurement.announce_call").exists()
    assert Client().get(f"/notices/{world.call.reference}/end.docx").status_code == 404


def test_a_subscription_begins_when_the_mailbox_confirms() -> None:
    subscription = subscribe(email="Reader@List.example", language="en", now=clock.now())
    letter = OutboxMessage.objects.get(task="workflow.send_mail")

    assert (subscription.email, subscription.confirmed_at, letter.payload["to"]) == (
        "reader@list.example",
        None,
        "reader@list.example",
    )
    assert subscription.token in letter.payload["text"]
    confirm_subscription(subscription=subscription, language="fr", now=clock.now())
    ended = end_subscription(subscription=subscription, now=clock.now())
    assert ended.ended_at is not None
    assert confirm_subscription(subscription=ended, language="fr", now=clock.now()).ended_at is None


def test_asking_again_makes_neither_a_second_row_nor_a_flood() -> None:
    for _time in range(3):
        subscribe(email="reader@list.example", language="fr", now=clock.now())

    assert Subscription.objects.count() == 1
    assert OutboxMessage.objects.count() == 1

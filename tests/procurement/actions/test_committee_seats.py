"""Seats of a committee: given, invited, accepted, declined, ended, replaced; keys named and confirmed."""

from __future__ import annotations

import pytest

from accounts.models import User
from procurement.actions.accept_seat import accept_seat, take_up_invitation
from procurement.actions.appoint_member import appoint_member
from procurement.actions.end_seat import end_seat, replace_member
from procurement.actions.invite_to_seat import withdraw_seat_invitation
from procurement.actions.name_key_holders import name_key_holders
from procurement.actions.remind_member import remind_member
from procurement.models import SeatInvitation
from procurement.seat_links import invitation_named, token_of
from tests.procurement.drafts import Office, office, told
from workflow import clock
from workflow.models import OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "Empêchée pendant toute la procédure."


def appoint(world: Office, email: str, seat: str = "evaluator", who: str = "officer"):
    return appoint_member(
        call=world.call, email=email, seat=seat, organisation_name="CGLU", actor=world.cast[who], now=clock.now()
    )


def codes(act) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.codes


def test_a_person_with_an_account_is_seated_and_asked_to_accept() -> None:
    world = office()
    member = appoint(world, world.cast["V1"].email.upper())

    assert (member.label, member.accepted_at, member.appointed_by) == ("V1", None, world.cast["officer"])
    assert told("seat_given") == {world.cast["V1"].email}


def test_labels_follow_the_order_and_are_never_given_again() -> None:
    world = office()
    first, second = appoint(world, world.cast["V1"].email), appoint(world, world.cast["V2"].email)
    end_seat(member=second, reason="", actor=world.cast["officer"], now=clock.now())
    third = appoint(world, world.cast["V3"].email)
    seats = [appoint(world, world.cast[who].email, who) for who in ("chair", "secretary", "observer")]

    assert [m.label for m in (first, second, third, *seats)] == ["V1", "V2", "V3", "Chair", "Secretary", "O1"]


def test_nobody_sits_twice_and_there_is_one_chair() -> None:
    world = office("seated")

    assert codes(lambda: appoint(world, world.cast["V1"].email, "observer")) == ["COM-02"]
    assert codes(lambda: appoint(world, "somebody@new.example", "chair")) == ["COM-03"]


@pytest.mark.parametrize("who", ["approver", "authority", "chair", "E2"])
def test_only_officers_appoint(who: str) -> None:
    world = office()

    with pytest.raises(NotPermitted):
        appoint(world, world.cast["V1"].email, who=who)


def test_an_address_without_an_account_is_invited_and_takes_the_seat_up() -> None:
    world = office()
    invitation = appoint(world, "Nora@New.example")
    letter = OutboxMessage.objects.get(task="workflow.send_mail", payload__to="nora@new.example")
    token = token_of(invitation)

    assert isinstance(invitation, SeatInvitation)
    assert token in letter.payload["text"]
    assert invitation_named(token) == invitation
    assert invitation_named(token + "x") is None
    assert codes(lambda: appoint(world, "nora@new.example")) == ["COM-02"]

    other = User.objects.create_user("other@new.example")
    assert codes(lambda: take_up_invitation(invitation=invitation, actor=other, now=clock.now())) == ["COM-10"]
    nora = User.objects.create_user("nora@new.example")
    member = take_up_invitation(invitation=invitation, actor=nora, now=clock.now())

    assert (member.user, member.label, member.accepted_at is not None) == (nora, "V1", True)
    assert codes(lambda: take_up_invitation(invitation=invitation, actor=nora, now=clock.now())) == ["COM-09"]


def test_an_invitation_counts_as_a_seat_until_it_is_withdrawn() -> None:
    world = office()
    invitation = appoint(world, "nora@new.example", "chair")
    assert codes(lambda: appoint(world, world.cast["chair"].email, "chair")) == ["COM-03"]

    withdraw_seat_invitation(invitation=invitation, actor=world.cast["officer"], now=clock.now())

    assert appoint(world, world.cast["chair"].email, "chair").label == "Chair"
    nora = User.objects.create_user("nora@new.example")
    assert codes(lambda: take_up_invitation(invitation=invitation, actor=nora, now=clock.now())) == ["COM-09"]


def test_nobody_accepts_for_another() -> None:
    world = office()
    member = appoint(world, world.cast["V1"].email)

    with pytest.raises(NotPermitted):
        accept_seat(member=member, actor=world.cast["officer"], now=clock.now())
    accepted = accept_seat(member=member, actor=world.cast["V1"], now=clock.now())
    again = accept_seat(member=member, actor=world.cast["V1"], now=clock.now())
    assert again.accepted_at == accepted.accepted_at


def test_a_seat_ends_with_a_reason_once_the_call_is_no_draft() -> None:
    world = office("published")
    member = world.seat("V3")

    assert codes(lambda: end_seat(member=member, reason="court", actor=world.cast["officer"], now=clock.now())) == [
        "RSN-01"
    ]
    ended = end_seat(member=member, reason=REASON, actor=world.cast["officer"], now=clock.now())

    assert (ended.end_reason, ended.ended_by) == (REASON, world.cast["officer"])
    assert told("seat_ended") == {world.cast["V3"].email}
    assert codes(lambda: end_seat(member=ended, reason=REASON, actor=world.cast["officer"], now=clock.now())) == [
        "COM-04"
    ]
    assert codes(lambda: accept_seat(member=ended, actor=world.cast["V3"], now=clock.now())) == ["COM-04"]


def test_a_member_may_give_up_the_own_seat_and_no_other() -> None:
    world = office("seated")

    with pytest.raises(NotPermitted):
        end_seat(member=world.seat("V1"), reason=REASON, actor=world.cast["V2"], now=clock.now())
    assert end_seat(member=world.seat("V2"), reason="", actor=world.cast["V2"], now=clock.now()).ended_at
    assert told("seat_ended") == {world.cast["officer"].email}


def test_a_replacement_takes_over_in_one_act() -> None:
    world = office("published")
    successor = User.objects.create_user("successor@new.example")
    member = replace_member(
        member=world.seat("V3"), email=successor.email, organisation_name="Ville", reason=REASON,
        actor=world.cast["officer"], now=clock.now(),
    )  # fmt: skip

    assert (member.label, member.seat, member.replaces.label) == ("V4", "evaluator", "V3")
    assert member.replaces.ended_at is not None


def test_a_replacement_that_is_refused_leaves_the_seat() -> None:
    world = office("published")

    assert codes(
        lambda: replace_member(
            member=world.seat("V3"), email=world.cast["V1"].email, organisation_name="", reason=REASON,
            actor=world.cast["officer"], now=clock.now(),
        )
    ) == ["COM-02"]  # fmt: skip
    assert world.seat("V3").ended_at is None


def test_key_holders_are_members_and_keep_their_confirmation() -> None:
    world = office("seated")
    officer, kept = world.cast["officer"], world.seat("V1")
    confirmed = kept.key.confirmed_at
    members = [world.seat(label) for label in ("V1", "V3")]
    name_key_holders(call=world.call, members=members, quorum=2, actor=officer, now=clock.now())

    holders = {h.member.label: h.confirmed_at for h in world.call.key_holders.select_related("member")}
    assert holders == {"V1": confirmed, "V3": None}
    other = office(reference="CGLU-2020-009")
    assert codes(
        lambda: name_key_holders(call=other.call, members=members, quorum=2, actor=officer, now=clock.now())
    ) == ["COM-07"]


def test_the_rule_of_two_to_seven_holds_at_once_outside_a_draft() -> None:
    world = office("approved")
    officer = world.cast["officer"]
    alone = [world.seat("V1")]

    assert codes(
        lambda: name_key_holders(call=world.call, members=alone, quorum=1, actor=officer, now=clock.now())
    ) == ["COM-08"]
    assert world.call.key_holders.count() == 4


def test_keys_no_longer_change_after_the_publication() -> None:
    world = office("published")
    members = [world.seat("V1"), world.seat("V2")]

    assert codes(
        lambda: name_key_holders(
            call=world.call, members=members, quorum=2, actor=world.cast["officer"], now=clock.now()
        )
    ) == ["COM-06"]


def test_a_reminder_is_sent_once_a_day() -> None:
    world = office()
    member = appoint(world, world.cast["V1"].email)
    for _time in range(2):
        remind_member(member=member, actor=world.cast["officer"], now=clock.now())

    assert OutboxMessage.objects.filter(payload__kind="seat_given").count() == 2  # the appointment and one reminder

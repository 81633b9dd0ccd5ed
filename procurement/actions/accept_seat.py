"""Accept one's seat on a committee."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.appoint_member import seat_person
from procurement.models import CommitteeMember, SeatInvitation
from procurement.rules import committee
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def accept_seat(*, member: CommitteeMember, actor: Any, now: datetime) -> CommitteeMember:
    """Note that the person accepts; nobody accepts for another. A second acceptance changes nothing."""
    locked = CommitteeMember.objects.select_for_update(of=("self",)).select_related("call").get(pk=member.pk)
    demand_permission(locked.user_id == actor.pk, subject=locked, act="accept_seat")
    demand(committee.ACCEPT, committee.MemberFacts(seated=locked.ended_at is None), subject=locked, act="accept_seat")
    if locked.accepted_at:
        return locked
    locked.accepted_at = now
    locked.save(update_fields=["accepted_at"])
    audit.record(locked, "accept_seat", actor=actor, now=now, scope=locked.call.reference)
    return locked


@use_case
def take_up_invitation(*, invitation: SeatInvitation, actor: Any, now: datetime) -> CommitteeMember:
    """Turn an invitation into a seat, accepted at once; refuses another address and a link already used or withdrawn."""
    locked = SeatInvitation.objects.select_for_update(of=("self",)).select_related("call").get(pk=invitation.pk)
    facts = committee.InvitationFacts(
        open=locked.open, same_address=locked.email.lower() == actor.email.lower(), address=locked.email
    )
    demand(committee.TAKE_UP, facts, subject=locked, act="take_up_invitation")
    member = seat_person(
        call=locked.call, person=actor, seat=locked.seat, label=locked.label,
        organisation_name=locked.organisation_name, actor=locked.invited_by, now=now,
    )  # fmt: skip
    locked.taken_at, locked.taken_by, locked.member = now, actor, member
    locked.save(update_fields=["taken_at", "taken_by", "member"])
    audit.record(locked, "take_up_invitation", actor=actor, now=now, scope=locked.call.reference)
    return accept_seat(member=member, actor=actor, now=now)

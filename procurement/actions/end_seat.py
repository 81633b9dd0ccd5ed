"""End a seat on a committee, and replace the person who held it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.appoint_member import appoint_member
from procurement.actions.tell import tell
from procurement.actions.void_sheets import void_sheets
from procurement.enums import CallState
from procurement.models import CommitteeMember, SeatInvitation
from procurement.models.holding import hold_call
from procurement.rules import committee, reasons
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case

SCORING = (CallState.EVALUATION, CallState.CONSENSUS, CallState.INTERVIEW)


@use_case
def end_seat(*, member: CommitteeMember, reason: str, actor: Any, now: datetime) -> CommitteeMember:
    """End a seat: by the officer, or by the person who declines it. From now on nothing of the call is shown to them.

    Outside a draft the reason is compulsory and stays in the file.
    """
    locked = CommitteeMember.objects.select_for_update(of=("self",)).select_related("call").get(pk=member.pk)
    allowed = locked.user_id == actor.pk or permissions.appoint_committee(locked.call, actor)
    demand_permission(allowed, subject=locked, act="end_seat")
    demand(committee.END, committee.MemberFacts(seated=locked.ended_at is None), subject=locked, act="end_seat")
    if locked.call.state != CallState.DRAFT:
        demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=locked, act="end_seat")
    if locked.call.state in SCORING:  # later the marks are settled, and stay
        void_sheets(member=locked, actor=actor, now=now)
    locked.ended_at, locked.ended_by, locked.end_reason = now, actor, reason.strip()
    locked.save(update_fields=["ended_at", "ended_by", "end_reason"])
    audit.record(
        locked, "end_seat", actor=actor, now=now, scope=locked.call.reference, details={"user": locked.user_id}
    )
    told = locked.call.created_by if actor.pk == locked.user_id else locked.user
    tell(kind="seat_ended", to=told, key=str(locked.pk), now=now, call=locked.call, member=locked.label)
    return locked


@use_case
def replace_member(
    *, member: CommitteeMember, email: str, organisation_name: str, reason: str, actor: Any, now: datetime
) -> CommitteeMember | SeatInvitation:
    """End a seat and give one of the same kind to another person, in one act."""
    hold_call(member.call)  # before the seat: the new one is given under the call
    ended = member if member.ended_at else end_seat(member=member, reason=reason, actor=actor, now=now)
    return appoint_member(
        call=ended.call, email=email, seat=ended.seat, organisation_name=organisation_name,
        replaces=ended, actor=actor, now=now,
    )  # fmt: skip

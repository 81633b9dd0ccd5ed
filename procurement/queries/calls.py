"""The calls a person works on, and in what capacity: two questions whatever their number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import STAFF_ROLES, Role
from accounts.models import Membership
from procurement.enums import CallState, LetterKind, LetterState, Seat
from procurement.models import Call, CommitteeMember, Letter
from procurement.permissions.seats import seats_now

OVER = (CallState.ARCHIVED, CallState.CANCELLED, CallState.UNSUCCESSFUL)


@dataclass(frozen=True)
class Standing:
    """What a person is, now: roles by organisation, seats by call."""

    roles: dict[int, set[str]] = field(default_factory=dict)
    seats: dict[int, CommitteeMember] = field(default_factory=dict)

    def has_role(self, call: Call, *roles: Role) -> bool:
        """Tell whether the person holds one of these roles in the organisation of a call."""
        return bool(self.roles.get(call.organisation_id, set()) & {role.value for role in roles})

    def has_seat(self, call: Call, *seats: Seat) -> bool:
        """Tell whether the person holds one of these seats on a call; any seat when none is named."""
        member = self.seats.get(call.pk)
        return member is not None and (not seats or member.seat in seats)


def standing_of(user: Any) -> Standing:
    """Gather the roles and the seats of a person."""
    standing = Standing()
    rows = Membership.objects.filter(user=user, role__in=STAFF_ROLES, ended_at=None).values_list(
        "organisation_id", "role"
    )
    for organisation, role in rows:
        standing.roles.setdefault(organisation, set()).add(role)
    for member in CommitteeMember.objects.filter(user=user, ended_at=None).select_related("key", "declaration"):
        standing.seats[member.call_id] = member
    return standing


def calls_worked_on_by(user: Any) -> QuerySet[Call]:
    """Return the calls that a person runs, checks or judges, the newest first."""
    runs = Membership.objects.filter(
        user=user, role__in=STAFF_ROLES, ended_at=None, organisation=OuterRef("organisation_id")
    )
    judges = seats_now(call=OuterRef("pk"), user=user)
    return (
        Call.objects.filter(Q(Exists(runs)) | Q(Exists(judges)))
        .select_related("organisation")
        .order_by("-created_at", "-id")
    )


def running_calls_of(user: Any) -> list[Call]:
    """Return those of them that are not over, without their long texts."""
    return list(calls_worked_on_by(user).exclude(state__in=OVER).defer("terms", "frozen"))


def ended_with_letters(user: Any) -> list[Call]:
    """Return those that ended without award and whose letters have not gone, without their long texts."""
    waiting = Letter.objects.filter(call=OuterRef("pk"), kind=LetterKind.CANCELLATION).exclude(state=LetterState.SENT)
    ended = calls_worked_on_by(user).filter(Exists(waiting), state__in=(CallState.CANCELLED, CallState.UNSUCCESSFUL))
    return list(ended.defer("terms", "frozen"))

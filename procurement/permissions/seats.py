"""Who sits on the committee of a call now: asked once for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import Manager, QuerySet

from procurement.enums import Seat
from workflow.kept import kept
from workflow.once import once

if TYPE_CHECKING:
    from procurement.models import Call, CommitteeMember


def has_seat(call: Call, user: Any, *seats: Seat) -> bool:
    """Tell whether a person sits, now, on the committee of the call with one of these seats."""
    return any(not seats or sitting.seat in seats for sitting in seats_of(call, user))


def has_taken_seat(call: Call, user: Any, *seats: Seat) -> bool:
    """Tell whether a person sits with one of these seats and has accepted it: before, nobody learns who applied."""
    return any(sitting.accepted and (not seats or sitting.seat in seats) for sitting in seats_of(call, user))


class Sitting(NamedTuple):
    """A seat a person has now: accepted or not, and whether they declared a conflict (None: nothing yet)."""

    seat: str
    accepted: bool
    conflict: bool | None


def seats_of(call: Call, user: Any) -> list[Sitting]:
    """Return each seat a person has now; asked once for a page."""
    if user is None or not user.is_authenticated:
        return []
    return once(("seats", call.pk, user.pk), lambda: _sittings(call.pk, user.pk))


def _sittings(call: int, person: int) -> list[Sitting]:
    rows = _seats(call=call, person=person)
    return [Sitting(seat, accepted_at is not None, conflict) for seat, accepted_at, conflict in rows]


@kept
def _seats(call: int, person: int) -> QuerySet[Any, Any]:
    return seats_now(call=call, user=person).values_list("seat", "accepted_at", "declaration__conflict")


def seats_now(*, call: Any, user: Any) -> QuerySet[CommitteeMember, CommitteeMember]:
    """Return the seats that somebody has now on a committee; both may be columns of the question this is part of."""
    members: Manager[CommitteeMember] = apps.get_model("procurement", "CommitteeMember")._default_manager
    return members.filter(call=call, user=user, ended_at=None)

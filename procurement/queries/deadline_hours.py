"""What an installation must not be changed under: a deadline that is near, a session in which envelopes are opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from procurement.enums import CallState
from procurement.models import Call, OpeningSession

COLLECTING = (CallState.PUBLISHED, CallState.SUSPENDED)
JUST_CLOSED = timedelta(minutes=15)  # after a deadline those who were late still ask why


@dataclass(frozen=True)
class AtRisk:
    """One call, and why now is a bad moment: its deadline, or a session that is running."""

    call: str
    deadline: datetime | None = None


def at_risk(*, now: datetime, before: timedelta) -> list[AtRisk]:
    """Return the calls whose deadline comes within `before` or has just passed, then those with a running session."""
    near = Call.objects.filter(deadline__gte=now - JUST_CLOSED, deadline__lte=now + before)
    near = near.filter(state__in=[*COLLECTING, CallState.CLOSED]).order_by("deadline", "reference")
    running = OpeningSession.objects.filter(ended_at=None).order_by("call__reference")
    sessions = running.values_list("call__reference", flat=True).distinct()
    return [AtRisk(call.reference, call.deadline) for call in near] + [AtRisk(reference) for reference in sessions]

"""The facts of an extension. Nothing here depends on how many applied."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from procurement.enums import EnvelopeKind
from procurement.rules.extension import ExtensionFacts
from workflow import availability

if TYPE_CHECKING:
    from procurement.models import Call, DeadlineExtension

LOOKED_BACK = timedelta(days=1)


def faults_for(call: Call, *, now: datetime) -> list[availability.Fault]:
    """Return the faults of the service in the last day of the collection, and since."""
    latest = call.latest_deadline()
    if latest is None:
        return []
    begins = min(now, latest) - LOOKED_BACK
    return availability.faults(since=max(begins, call.published_at or begins), until=now)


def extension_facts(
    call: Call, *, now: datetime, new_deadline: datetime | None, lost: timedelta, pending: DeadlineExtension | None
) -> ExtensionFacts:
    """Gather what proposing and deciding depend on."""
    return ExtensionFacts(
        now=now,
        zone=call.timezone,
        state=call.state,
        opening_begun=call.sessions.filter(kind=EnvelopeKind.TECHNICAL).exists(),
        latest_deadline=call.latest_deadline(),
        new_deadline=new_deadline,
        lost=lost,
        pending=pending is not None,
    )

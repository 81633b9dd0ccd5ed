"""The facts of a key holder who releases pieces in a session."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from procurement.models.facts.moments import label
from procurement.rules.release import ReleaseFacts

if TYPE_CHECKING:
    from procurement.models import KeyHolder, OpeningSession


def release_facts(
    holder: KeyHolder, *, session: OpeningSession | None, now: datetime, foreign: int = 0, wrong: int = 0
) -> ReleaseFacts:
    """Gather what a release depends on."""
    call = holder.call
    latest = call.latest_deadline()
    return ReleaseFacts(
        now=now,
        latest_deadline=latest,
        deadline_label=label(latest, call=call),
        running=session is not None and session.ended_at is None,
        present=session is not None and session.presences.filter(member=holder.member).exists(),
        confirmed=holder.confirmed_at is not None,
        foreign=foreign,
        wrong=wrong,
    )

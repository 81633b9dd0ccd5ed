"""Propose the award to the authority."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell
from procurement.models import Call
from procurement.queries.people import authorities_of
from workflow.transitions import pass_through, use_case


@use_case
def propose_award(*, call: Call, actor: Any, now: datetime) -> Call:
    """Propose the first of the ranking; refuses a tie, a ranking that is out of date, a report not signed by all."""
    proposed = pass_through(call, "propose_award", actor=actor, now=now)
    for person in authorities_of(proposed):
        tell(kind="award_proposed", to=person, key=f"{proposed.pk}:{now.isoformat()}", now=now, call=proposed)
    return proposed

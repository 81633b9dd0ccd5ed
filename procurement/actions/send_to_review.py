"""Ask a second person to approve a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell
from procurement.models import Call
from procurement.queries.people import approvers_of
from workflow.transitions import pass_through, use_case


@use_case
def send_to_review(*, call: Call, actor: Any, now: datetime) -> Call:
    """Send a complete draft to the approvers of the organisation; refuses with everything that is still missing."""
    sent = pass_through(call, "send_to_review", actor=actor, now=now)
    for person in approvers_of(sent):
        tell(kind="call_to_review", to=person, key=f"{sent.pk}:{now.isoformat()}", now=now, call=sent)
    return sent

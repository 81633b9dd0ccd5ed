"""Have the public notice written that a call ends without award."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import Call
from procurement.queries.papers.cancellation_notice import cancellation_notice
from workflow.transitions import use_case


@use_case
def write_end_notice(*, call: Call, actor: Any, now: datetime) -> None:
    """Ask for the notice of a call that was cancelled or declared unsuccessful; none where the public never saw the call."""
    if call.published_at is None:
        return
    write_paper(
        call=call, kind=PaperKind.CANCELLATION_NOTICE, template="cancellation_notice",
        paper_facts=cancellation_notice(call, now=now), actor=actor, now=now,
    )  # fmt: skip

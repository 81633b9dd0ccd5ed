"""The facts of the public notice that a call ends without award."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from procurement.enums import CallState
from procurement.letters.cancellation_notice import CancellationNotice
from procurement.letters.words.phrase import say
from procurement.models import Call
from procurement.queries.papers import award_words as words
from procurement.queries.papers.frame import call_facts, language_of, text_in


def outcome_of(call: Call) -> Literal["cancelled", "unsuccessful"]:
    """Say how a call ended without award."""
    return "cancelled" if call.state == CallState.CANCELLED else "unsuccessful"


def cancellation_notice(call: Call, *, now: datetime) -> CancellationNotice:
    """Gather the notice of a cancelled or unsuccessful call."""
    language = language_of(call)
    return CancellationNotice(
        call=call_facts(call),
        number=f"{call.reference}/{say(words.END_NOTICE, language)}",
        issued_at=now,
        decided_at=call.ended_at or now,
        reason=call.end_reason,
        outcome=outcome_of(call),
        remedies=text_in(call.organisation.remedies, language),
    )

"""When a standstill that begins at an instant ends."""

from __future__ import annotations

from datetime import datetime

from procurement.models import Call
from procurement.rules.deadlines import add_full_days


def standstill_end(call: Call, *, start: datetime) -> datetime:
    """Return the local midnight after the full days of the call; the start itself where it has none (reference §8.3)."""
    if call.standstill_days == 0:
        return start
    return add_full_days(start=start, days=call.standstill_days, zone=call.timezone)

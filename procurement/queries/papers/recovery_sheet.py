"""The facts of a recovery sheet: everything but the key, which the service never has."""

from __future__ import annotations

from datetime import datetime

from procurement.letters.recovery_sheet import RecoverySheet
from procurement.models import KeyHolder
from procurement.queries.papers.frame import call_facts
from procurement.queries.roster import holders_of, name_of


def sheet_facts(holder: KeyHolder, *, language: str, now: datetime) -> RecoverySheet:
    """Return the sheet of one holder in the language they read."""
    call = holder.call
    return RecoverySheet(
        call=call_facts(call, language=language),
        number=f"{call.reference}/KEY-{name_of(holder)}",
        issued_at=holder.made_at or now,
        holder=str(holder.member.user),
        fingerprint=holder.fingerprint,
        quorum=call.quorum,
        holders=holders_of(call).count(),
        deadline=call.deadline,
    )

"""Take a call for oneself until the end of the transaction."""

from __future__ import annotations

from procurement.models.call import Call


def hold_call(call: Call) -> Call:
    """Return the call as it is now, locked: its own lock first, then its row, in the order of the door."""
    call.hold()
    return Call.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=call.pk)

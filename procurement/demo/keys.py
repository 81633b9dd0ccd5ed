"""Keys of the demonstration's holders: made as the browser makes them, all under one passphrase that is told to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.confirm_key import confirm_key
from procurement.actions.keep_key import keep_key
from procurement.models import KeyHolder
from procurement.queries.drills import waiting_drill
from procurement.queries.roster import name_of
from procurement.sealing.drill import answer_drill
from procurement.sealing.holders import make_holder_key, open_private, seal_private

PASSPHRASE = "cinq mots pour ouvrir les plis"  # noqa: S105 - printed on purpose: demonstration keys only


def make_key(holder: KeyHolder, *, actor: Any, now: datetime) -> KeyHolder:
    """Make a holder's key and confirm it, as they do in their own account."""
    call, name = holder.call.reference, name_of(holder)
    private, public = make_holder_key()
    sealed = seal_private(private, passphrase=PASSPHRASE, call=call, holder=name)
    kept = keep_key(holder=holder, public=public, private_sealed=sealed, actor=actor, now=now)
    drill = waiting_drill(kept)
    assert drill is not None  # keeping a key asks for its first drill
    answer = answer_drill(drill.envelope, holder=name, private=private, call=call)
    return confirm_key(holder=kept, answer=answer, actor=actor, now=now)


def private_half(holder: KeyHolder) -> bytes:
    """Return the private half of a holder's key, opened with the passphrase."""
    return open_private(
        holder.private_sealed, passphrase=PASSPHRASE, call=holder.call.reference, holder=name_of(holder)
    )

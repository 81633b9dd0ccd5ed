"""Keys of the demonstration's holders: made as the browser makes them, all under one passphrase that is told to everybody."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any

from procurement import sealing
from procurement.actions.confirm_key import confirm_key
from procurement.actions.keep_key import keep_key
from procurement.actions.release_pieces import release_pieces
from procurement.enums import EnvelopeKind
from procurement.models import Envelope, KeyHolder
from procurement.queries.drills import waiting_drill
from procurement.queries.pieces import binding_of, held_by, to_open
from procurement.queries.roster import name_of
from procurement.sealing import fingerprint
from procurement.sealing.drill import answer_drill
from procurement.sealing.holders import make_holder_key, open_private, seal_private

PASSPHRASE = "cinq mots pour ouvrir les plis"  # noqa: S105 - printed on purpose: demonstration keys only

_made: dict[str, bytes] = {}  # by fingerprint: a passphrase is slow on purpose


def make_key(holder: KeyHolder, *, actor: Any, now: datetime) -> KeyHolder:
    """Make a holder's key and confirm it, as they do in their own account."""
    call, name = holder.call.reference, name_of(holder)
    private, public = make_holder_key()
    _made[fingerprint(public)] = private
    sealed = seal_private(private, passphrase=PASSPHRASE, call=call, holder=name)
    kept = keep_key(holder=holder, public=public, private_sealed=sealed, actor=actor, now=now)
    drill = waiting_drill(kept)
    assert drill is not None  # keeping a key asks for its first drill
    answer = answer_drill(drill.envelope, holder=name, private=private, call=call)
    return confirm_key(holder=kept, answer=answer, actor=actor, now=now)


def private_half(holder: KeyHolder) -> bytes:
    """Return the private half of a holder's key: made here a moment ago, or opened with the passphrase."""
    return _made.get(holder.fingerprint) or open_private(
        holder.private_sealed, passphrase=PASSPHRASE, call=holder.call.reference, holder=name_of(holder)
    )


def release(holder: KeyHolder, *, actor: Any, now: datetime, private: bytes | None = None) -> None:
    """Release a holder's pieces in the running session, as their browser does it."""
    private = private or private_half(holder)
    session = holder.call.sessions.get(ended_at=None)
    sealed = [one for one in to_open(holder.call, EnvelopeKind(session.kind)) if held_by(one, holder)]
    pieces = {envelope.pk: pieces_of(envelope, holder, private) for envelope in sealed}
    release_pieces(call=holder.call, pieces=pieces, actor=actor, now=now)


def pieces_of(envelope: Envelope, holder: KeyHolder, private: bytes) -> dict[str, str]:
    """Return a holder's pieces of one envelope, written as they are sent."""
    found = sealing.release_pieces(
        envelope.header, holder=name_of(holder), private=private, binding=binding_of(envelope)
    )
    return {subset: b64encode(piece).decode() for subset, piece in found.items()}

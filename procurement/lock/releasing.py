"""One question to the lock: its part of the key of every envelope that a session may open."""

from __future__ import annotations

import base64
import json
import logging
from typing import Any

from procurement.lock import reading
from procurement.lock.key import LockKey
from procurement.rules.lock import against_envelope, against_session
from procurement.sealing import NotEnough, Unreadable, WrongPiece, join_pieces, release_server_part

log = logging.getLogger("lock")
WRITTEN = (
    "INSERT INTO procurement_lockrelease (session_id, envelopes, refused, released_at) VALUES (%s, %s, %s, app_now())"
)


def release(cursor: Any, key: LockKey, *, session: int) -> dict[str, Any]:
    """Return {"parts": {envelope: part in base64}, "refused": {envelope: codes}, "against": codes of the session}.

    Each answer that gives something is counted and logged by number, in the transaction of the reading.
    """
    found = reading.session_of(cursor, session)
    against = [o.code for o in against_session(found.facts)] if found else ["LCK-02"]
    if found is None or against:
        log.warning("session %s: nothing released (%s)", session, ", ".join(against))
        return {"parts": {}, "refused": {}, "against": against}
    parts, refused = _parts(cursor, key, found, session)
    cursor.execute(WRITTEN, [session, json.dumps(sorted(parts)), json.dumps(refused)])
    log.info("session %s: %s released, %s kept closed", session, len(parts), len(refused))
    return {"parts": {str(pk): base64.b64encode(part).decode() for pk, part in parts.items()}, "refused": refused,
            "against": []}  # fmt: skip


def _parts(
    cursor: Any, key: LockKey, found: reading.Session, session: int
) -> tuple[dict[int, bytes], dict[str, list[str]]]:
    pieces = reading.pieces_of(cursor, session)
    parts: dict[int, bytes] = {}
    refused: dict[str, list[str]] = {}
    for envelope in reading.envelopes_of(cursor, found):
        right = _opens(envelope, pieces.get(envelope.id, {}))
        codes = against_envelope(envelope.facts(found, pieces=right))
        if not codes:
            try:
                parts[envelope.id] = release_server_part(
                    envelope.header, lock_private=key.private, binding=envelope.binding
                )
            except Unreadable as problem:
                codes = [f"unreadable: {problem.reason}"]
        if codes:
            refused[str(envelope.id)] = codes
    return parts, refused


def _opens(envelope: reading.Envelope, pieces: dict[str, dict[str, bytes]]) -> bool:
    """Tell whether these pieces are those that were sealed: the quorum is not believed, it is computed."""
    try:
        join_pieces(envelope.header, pieces=pieces, binding=envelope.binding)
    except (NotEnough, WrongPiece, Unreadable):
        return False
    return True

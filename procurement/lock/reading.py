"""What the lock reads before it answers, by plain statements on a cursor: its own connection's, or Django's in tests."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procurement.rules.lock import EnvelopeFacts, SessionFacts
from procurement.sealing import Binding

SESSION = """
SELECT app_now(), greatest(c.deadline, (SELECT max(d.deadline) FROM procurement_publisheddeadline d WHERE d.call_id = c.id)),
       s.kind, c.state, s.ended_at IS NULL, c.quorum, c.reference, c.id,
       (SELECT count(*) FROM procurement_presence p WHERE p.session_id = s.id AND p.holds_key AND p.released_at IS NOT NULL),
       (SELECT max(d.deadline) FROM procurement_publisheddeadline d WHERE d.call_id = c.id) IS NOT NULL
FROM procurement_openingsession s JOIN procurement_call c ON c.id = s.call_id WHERE s.id = %s
"""
ENVELOPES = """
SELECT e.id, e.kind, e.header, a.reference, a.state, m.version, m.late, m.withdrawn_at IS NOT NULL,
       EXISTS (SELECT FROM procurement_latedecision d WHERE d.application_id = a.id AND d.decided_by_id <> d.asked_by_id),
       m.id = (SELECT max(o.id) FROM procurement_submission o
               WHERE o.application_id = a.id AND o.withdrawn_at IS NULL AND o.late = m.late)
FROM procurement_envelope e JOIN procurement_submission m ON m.id = e.submission_id
JOIN procurement_application a ON a.id = e.application_id
WHERE a.call_id = %s AND e.kind = %s AND e.opened_at IS NULL AND e.header <> '{}'::jsonb ORDER BY e.id
"""
PIECES = """
SELECT r.envelope_id, h.member_id, r.pieces FROM procurement_piecerelease r
JOIN procurement_keyholder h ON h.id = r.holder_id WHERE r.session_id = %s
"""


@dataclass(frozen=True)
class Session:
    """A session as the lock sees it, and the call it belongs to."""

    facts: SessionFacts
    call: str
    call_id: int


@dataclass(frozen=True)
class Envelope:
    """One sealed envelope that was not opened, with what the rules ask but for its pieces."""

    id: int
    header: Mapping[str, Any]
    binding: Binding
    state: str
    late: bool
    withdrawn: bool
    decided: bool
    counts: bool

    def facts(self, session: Session, *, pieces: bool) -> EnvelopeFacts:
        """Return the facts with what the pieces were found to be."""
        return EnvelopeFacts(
            kind=self.binding.envelope,
            session_kind=session.facts.kind,
            application_state=self.state,
            counts=self.counts,
            withdrawn=self.withdrawn,
            late=self.late,
            decided=self.decided,
            pieces=pieces,
        )


def session_of(cursor: Any, number: int) -> Session | None:
    """Read a session; None when there is none of this number."""
    cursor.execute(SESSION, [number])
    row = cursor.fetchone()
    if row is None:
        return None
    now, latest, kind, state, running, quorum, call, call_id, releases, published = row
    facts = SessionFacts(
        now=now, latest_deadline=latest if published else None, kind=kind, state=state, running=running, quorum=quorum,
        releases=releases,
    )  # fmt: skip
    return Session(facts=facts, call=call, call_id=call_id)


def envelopes_of(cursor: Any, session: Session) -> list[Envelope]:
    """Read every closed envelope of the session's kind."""
    cursor.execute(ENVELOPES, [session.call_id, session.facts.kind])
    return [
        Envelope(
            id=pk,
            header=_object(header),
            binding=Binding(call=session.call, application=application, envelope=kind, version=version),
            state=state,
            late=late,
            withdrawn=withdrawn,
            decided=decided,
            counts=bool(counts),
        )
        for pk, kind, header, application, state, version, late, withdrawn, decided, counts in cursor.fetchall()
    ]


def pieces_of(cursor: Any, number: int) -> dict[int, dict[str, dict[str, bytes]]]:
    """Read what the holders have released: envelope -> holder -> subset -> piece."""
    cursor.execute(PIECES, [number])
    found: dict[int, dict[str, dict[str, bytes]]] = {}
    for envelope, member, pieces in cursor.fetchall():
        opened = {subset: _piece(piece) for subset, piece in _object(pieces).items()}
        found.setdefault(envelope, {})[str(member)] = opened
    return found


def _object(value: Any) -> dict[str, Any]:
    """Return a JSON column, which one driver hands over read and another as text; empty where it is no object.

    What somebody wrote into one row must not keep the lock from answering for the others.
    """
    found = json.loads(value) if isinstance(value, str) else value
    return dict(found) if isinstance(found, Mapping) else {}


def _piece(written: Any) -> bytes:
    try:
        return base64.b64decode(written)
    except (ValueError, TypeError):
        return b""  # no piece: it fits no digest

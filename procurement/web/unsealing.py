"""What the page of an opening shows of the keys: a holder's release, and how far an unsealing is."""

from __future__ import annotations

from typing import Any

from procurement import permissions as may
from procurement.enums import ApplicationState, CallState, EnvelopeKind
from procurement.models import Application, Call, CommitteeMember, OpeningSession
from procurement.queries.pieces import joined, to_open
from procurement.queries.proofs import why
from procurement.queries.roster import name_of
from procurement.queries.unsealed import at_fault, progress, unreadable_envelopes


def release_of(call: Call, seat: CommitteeMember | None, *, session: OpeningSession | None) -> dict[str, Any] | None:
    """Return what a holder's browser needs to release; None for those who hold no key, are not here, or have released."""
    holder = getattr(seat, "key", None)
    if session is None or holder is None or holder.confirmed_at is None:
        return None
    if not session.presences.filter(member=seat, released_at=None).exists():
        return None
    return {
        "call": call.reference,
        "holder": name_of(holder),
        "fingerprint": holder.fingerprint,
        "sealed": holder.private_sealed,
    }


def short_of(session: OpeningSession) -> int:
    """Count the envelopes that wait for another holder, once a quorum has released."""
    if session.presences.filter(released_at__isnull=False).count() < session.call.quorum:
        return 0
    return len(joined(session, to_open(session.call, EnvelopeKind(session.kind))).short)


def unsealings(call: Call, user: Any) -> list[dict[str, Any]]:
    """Return, for each kind that was opened, how far the check of its files is, and what did not open."""
    kinds = [EnvelopeKind.TECHNICAL] + ([EnvelopeKind.FINANCIAL] if may.read_prices(call, user) else [])
    names = {str(member.pk): member for member in call.members.select_related("user")}
    return [_unsealing(call, kind, names) for kind in kinds if _was_opened(call, kind)]


def _was_opened(call: Call, kind: EnvelopeKind) -> bool:
    return bool(call.opened_at if kind == EnvelopeKind.TECHNICAL else call.prices_opened_at)


def _unsealing(call: Call, kind: EnvelopeKind, names: dict[str, CommitteeMember]) -> dict[str, Any]:
    sessions = call.sessions.filter(kind=kind, opened=True).exclude(wrong_pieces={})
    return {
        "kind": kind.label,
        "progress": progress(call, kind),
        "envelopes": [
            {"label": str(one.application), **shown(one.unreadable)} for one in unreadable_envelopes(call, kind)
        ],
        "files": [
            {"label": str(one.application), "name": one.name, **shown(one.fault)} for one in at_fault(call, kind)
        ],
        "wrong": [
            {"holder": names.get(holder), "count": count}
            for session in sessions
            for holder, count in session.wrong_pieces.items()
        ],
    }


def late_shown(call: Call, user: Any) -> list[Application]:
    """Return the late applications on which two persons may decide now, for those who may."""
    if call.state != CallState.OPENED or not (may.decide_late(call, user) or may.start_opening(call, user)):
        return []
    rows = call.applications.filter(state=ApplicationState.LATE).exclude(label="")
    return list(rows.select_related("late_decision__asked_by", "late_decision__decided_by").order_by("id"))


def shown(proof: dict[str, Any]) -> dict[str, Any]:
    """Return a proof in words, with the digests that anybody can compute again."""
    return {**proof, "why": why(proof)}

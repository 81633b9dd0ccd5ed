"""The envelopes of a session, and what the released pieces make of them."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from procurement.enums import ApplicationState as S
from procurement.enums import EnvelopeKind
from procurement.models import Call, Envelope, KeyHolder, OpeningSession, PieceRelease, Submission
from procurement.queries.roster import name_of
from procurement.sealing import Binding, NotEnough, Unreadable, WrongPiece, join_pieces, wrong_pieces
from procurement.sealing.header import checked

Pieces = Mapping[str, Mapping[str, bytes]]
# Whose envelope a session opens: those that wait for it, and those that an earlier session could not open.
READY = {EnvelopeKind.TECHNICAL: (S.SUBMITTED, S.OPENED), EnvelopeKind.FINANCIAL: (S.PASSED, S.PRICE_OPENED)}


def binding_of(envelope: Envelope) -> Binding:
    """Return the place of a sealed envelope, as its rows name it."""
    assert envelope.submission is not None
    application = envelope.application
    return Binding(application.call.reference, application.reference, envelope.kind, envelope.submission.version)


def to_open(call: Call, kind: EnvelopeKind) -> QuerySet[Envelope]:
    """Return the sealed envelopes that a session of this kind opens: of each application the submission that counts.

    Their bodies, which are large, are left where they are.
    """
    counting = Submission.objects.filter(
        application=OuterRef("application"), late=OuterRef("submission__late"), withdrawn_at=None
    )  # fmt: skip
    closed = Envelope.objects.filter(application__call=call, kind=kind, opened_at=None).exclude(header={})
    in_time = Q(application__state__in=READY[kind], submission__late=False)
    states = (*READY[kind], S.LATE) if kind == EnvelopeKind.TECHNICAL else READY[kind]
    decided = Q(application__late_decision__decided_at__isnull=False)
    late = decided & Q(application__state__in=states, submission__late=True)
    latest = counting.order_by("-id").values("pk")[:1]
    rows = (
        closed.filter(in_time | late, submission__withdrawn_at=None)
        .annotate(latest=Subquery(latest))
        .filter(submission=F("latest"))
    )
    return rows.select_related("submission", "application__call").defer("sealed").order_by("pk")


def header_of(envelope: Envelope) -> dict[str, Any]:
    """Return the public header, empty where what is stored has not its form: somebody altered the row.

    Such an envelope is asked of no holder; the opening keeps it closed with what proves it, and opens the others.
    """
    try:
        return checked(envelope.header, binding=binding_of(envelope))
    except Unreadable:
        return {}


def held_by(envelope: Envelope, holder: KeyHolder) -> bool:
    """Tell whether an envelope was sealed to this holder too."""
    return any(
        one["name"] == name_of(holder) and one["fingerprint"] == holder.fingerprint
        for one in header_of(envelope).get("holders", [])
    )


def released(
    session: OpeningSession, *, envelopes: Iterable[int] | None = None
) -> dict[int, dict[str, dict[str, bytes]]]:
    """Return the pieces that were released: envelope -> holder -> subset -> piece."""
    asked = Q(session=session) if envelopes is None else Q(session=session, envelope__in=list(envelopes))
    rows = PieceRelease.objects.filter(asked).values_list("envelope_id", "holder__member_id", "pieces")
    found: dict[int, dict[str, dict[str, bytes]]] = {}
    for envelope, member, pieces in rows:
        found.setdefault(envelope, {})[str(member)] = _stored(pieces)
    return found


def _stored(pieces: Any) -> dict[str, bytes]:
    """Read pieces from their row: what somebody made unreadable there is no piece, and stops no other."""
    try:
        return as_bytes(pieces)
    except (ValueError, TypeError, AttributeError):
        return {}


def as_bytes(pieces: Mapping[str, Any]) -> dict[str, bytes]:
    """Read pieces as they are sent and kept; ValueError for what is not base64."""
    return {str(subset): b64decode(piece, validate=True) for subset, piece in pieces.items()}


@dataclass
class Joined:
    """What the pieces of a session give: the committee's part of each envelope that they open, and what failed.

    `short` envelopes wait for one more holder; `damaged` ones have a header that no pieces will open.
    """

    parts: dict[int, bytes] = field(default_factory=dict)
    short: list[int] = field(default_factory=list)
    damaged: dict[int, str] = field(default_factory=dict)
    wrong: dict[int, list[tuple[str, str]]] = field(default_factory=dict)


def joined(session: OpeningSession, envelopes: Iterable[Envelope]) -> Joined:
    """Put the pieces of every envelope together; a wrong piece is pinned to its holder and stops no other subset."""
    pieces, found = released(session), Joined()
    for envelope in envelopes:
        _join(envelope, pieces.get(envelope.pk, {}), found)
    return found


def _join(envelope: Envelope, pieces: Pieces, found: Joined) -> None:
    binding = binding_of(envelope)
    try:
        if wrong := wrong_pieces(envelope.header, pieces=pieces, binding=binding):
            found.wrong[envelope.pk] = list(wrong)
        found.parts[envelope.pk] = join_pieces(envelope.header, pieces=pieces, binding=binding)
    except (NotEnough, WrongPiece):
        found.short.append(envelope.pk)
    except Unreadable as problem:
        found.damaged[envelope.pk] = problem.reason

"""Release one's pieces of the keys of envelopes, in an opening session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.enums import EnvelopeKind
from procurement.models import Call, Envelope, KeyHolder, OpeningSession, PieceRelease, Presence
from procurement.models.facts.release import release_facts
from procurement.queries.pieces import as_bytes, binding_of, held_by, to_open
from procurement.queries.roster import name_of
from procurement.rules import release
from procurement.sealing import Unreadable, wrong_pieces
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case

Sent = Mapping[int, Mapping[str, str]]  # envelope -> subset -> piece in base64


@use_case
def release_pieces(*, call: Call, pieces: Sent, actor: User, now: datetime) -> Presence:
    """Record the pieces that the holder's browser took out of the envelopes; the last ones complete the release.

    Refuses before the deadline (REL-01), outside a session, whoever is not present, and pieces that are not the ones
    that were sealed (REL-06): a wrong piece never gets as far as the opening by this way. An envelope without pieces is one
    that holds nothing for this key, whoever damaged it or sealed it so: it is noted, and keeps no other closed.
    """
    demand_permission(may.holds_key(call, actor), subject=call, act="release_pieces")
    holder = KeyHolder.objects.select_related("member", "call").get(
        call=call, member__user=actor, member__ended_at=None
    )  # fmt: skip
    session = OpeningSession.objects.select_for_update(of=("self",)).filter(call=call, ended_at=None).first()
    demand(release.BEGIN, release_facts(holder, session=session, now=now), subject=call, act="release_pieces")
    assert session is not None  # REL-02 spoke otherwise
    envelopes = {one.pk: one for one in to_open(call, EnvelopeKind(session.kind))}
    foreign, wrong = _faults(pieces, envelopes, holder)
    facts = release_facts(holder, session=session, now=now, foreign=foreign, wrong=wrong)
    demand(release.RELEASE, facts, subject=call, act="release_pieces")
    rows = (
        PieceRelease(session=session, holder=holder, envelope_id=pk, pieces=dict(one), released_at=now)
        for pk, one in pieces.items()
    )
    PieceRelease.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    return _completed(holder, session, envelopes, actor=actor, now=now)


def _completed(
    holder: KeyHolder, session: OpeningSession, envelopes: Mapping[int, Envelope], *, actor: User, now: datetime
) -> Presence:
    """Note on the presence that the holder's pieces of every envelope are here, once they are."""
    presence = Presence.objects.get(session=session, member=holder.member)
    if presence.released_at is None and not left_to_release(holder, session=session, envelopes=envelopes):
        presence.released_at = now
        presence.save(update_fields=["released_at"])
        empty = PieceRelease.objects.filter(session=session, holder=holder, pieces={})
        details = {"session": session.pk, "without_pieces": sorted(empty.values_list("envelope_id", flat=True))}
        audit.record(
            presence, "release_pieces", actor=actor, now=now, scope=holder.call.reference, details=details
        )  # fmt: skip
    return presence


def left_to_release(holder: KeyHolder, *, session: OpeningSession, envelopes: Mapping[int, Envelope]) -> set[int]:
    """Return the envelopes sealed to this holder whose pieces are not here yet."""
    here = set(PieceRelease.objects.filter(session=session, holder=holder).values_list("envelope_id", flat=True))
    return {pk for pk, envelope in envelopes.items() if pk not in here and held_by(envelope, holder)}


def _faults(pieces: Sent, envelopes: Mapping[int, Envelope], holder: KeyHolder) -> tuple[int, int]:
    """Count what arrived for other envelopes, and what is not what was sealed."""
    foreign = sum(pk not in envelopes or not held_by(envelopes[pk], holder) for pk in pieces)
    wrong = sum(
        not _is_right(envelopes[pk], name_of(holder), sent)
        for pk, sent in pieces.items()
        if pk in envelopes and held_by(envelopes[pk], holder)
    )
    return foreign, wrong


def _is_right(envelope: Envelope, name: str, sent: Mapping[str, str]) -> bool:
    if not sent:
        return True
    expected = {subset for subset in envelope.header["subsets"] if name in subset.split("+")}
    try:
        mine = as_bytes(sent)
        faults = wrong_pieces(envelope.header, pieces={name: mine}, binding=binding_of(envelope))
    except (Unreadable, ValueError, TypeError, AttributeError):
        return False
    return mine.keys() == expected and not faults

"""Unseal the envelopes of a session: pieces and server part give the key, the manifest fills the plain columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procurement import server_lock
from procurement.actions.tell import tell_applicant
from procurement.actions.write_receipts import ask_for_receipts
from procurement.enums import EnvelopeKind
from procurement.models import Document, Envelope, OpeningSession, PieceRelease, Submission
from procurement.queries.browser_manifest import from_browser, tidied
from procurement.queries.manifest import manifest_lines
from procurement.queries.pieces import Joined, binding_of, joined, to_open
from procurement.rules import lock, opening
from procurement.sealing import Unreadable, open_envelope
from procurement.sealing.manifest import Manifest
from workflow import audit, outbox
from workflow.transitions import demand, use_case

AT_ONCE = 100  # bodies in memory
LONGEST_DIGEST = 64  # signs: a header that somebody altered may hold anything
PLAIN = ["content", "opened_at", "unreadable"]
FILE = ["name", "media_type", "size", "sha256", "findings", "file_key"]


def ask_to_check(session: OpeningSession, *, now: datetime, after: int = 0, later: str = "") -> None:
    """Have the opened files read whole by the worker, some at a time; `later` names what was opened after the session."""
    outbox.post(
        "procurement.check_files", key=f"{session.pk}:{after}{later}", now=now, scope=session.call.reference,
        session_id=session.pk, after=after,
    )  # fmt: skip


@dataclass(frozen=True)
class Unsealed:
    """What came of it: envelopes by number, opened and not."""

    opened: tuple[int, ...]
    unreadable: Mapping[int, dict[str, Any]]


def ask_lock(session: OpeningSession | None) -> server_lock.Answer | None:
    """Ask the server lock for its parts, before anything is held; None when it is away: the opening then waits."""
    try:
        return server_lock.release(session=session.pk if session else 0)
    except server_lock.LockAway:
        return None


@use_case
def unseal_envelopes(
    *, session: OpeningSession, answer: server_lock.Answer | None, partly: bool, actor: Any, now: datetime
) -> Unsealed:
    """Open every envelope of the session that opens; one that does not is recorded with its proof, and stops no other.

    Refuses as a whole what must wait: a lock that is away or gives nothing (LCK-…), and, unless `partly`, an envelope
    that waits for one more holder (OPN-17). The pieces are forgotten afterwards: what is open needs none, and nobody
    shall find them later.
    """
    facts = lock.LockFacts(lock_there=answer is not None, against=tuple(answer.against if answer else ()))
    demand(lock.NEEDED, facts, subject=session.call, act="unseal_envelopes")
    assert answer is not None  # LCK-01 spoke otherwise
    envelopes = list(to_open(session.call, EnvelopeKind(session.kind)))
    found = joined(session, envelopes)
    if not partly:
        whole = opening.PiecesFacts(short=len(found.short))
        demand(opening.WHOLE, whole, subject=session.call, act="unseal_envelopes")
    manifests, unreadable = _read(envelopes, found, answer)
    failed = [one for one in envelopes if one.pk in unreadable]
    fill([one for one in envelopes if one.pk in manifests], manifests, now=now)
    _note(session, failed, unreadable, found)
    _tell(failed, now=now)
    PieceRelease.objects.filter(session=session).delete()
    if manifests:
        ask_to_check(session, now=now)
        ask_for_receipts(session, now=now)
    counts = {"opened": len(manifests), "unreadable": sorted(unreadable)}
    audit.record(session, "unseal_envelopes", actor=actor, now=now, scope=session.call.reference, details=counts)
    return Unsealed(tuple(manifests), unreadable)


def _read(
    envelopes: list[Envelope], found: Joined, answer: server_lock.Answer
) -> tuple[dict[int, Manifest], dict[int, dict[str, Any]]]:
    """Open the bodies, some at a time; return what they hold, and the proof of each that does not open."""
    manifests: dict[int, Manifest] = {}
    unreadable: dict[int, dict[str, Any]] = {}
    for start in range(0, len(envelopes), AT_ONCE):
        batch = envelopes[start : start + AT_ONCE]
        bodies = dict(Envelope.objects.filter(pk__in=[one.pk for one in batch]).values_list("pk", "sealed"))
        for envelope in batch:
            body = bytes(bodies[envelope.pk] or b"")
            try:
                manifests[envelope.pk] = _opened(envelope, body, found, answer)
            except Unreadable as problem:
                unreadable[envelope.pk] = _proof(envelope, body, problem.reason, found, answer)
    return manifests, unreadable


def _tell(envelopes: list[Envelope], *, now: datetime) -> None:
    """Tell the applicants whose envelope did not open what they can do."""
    for envelope in envelopes:
        tell_applicant(kind="unreadable", application=envelope.application, key=str(envelope.pk), now=now)


def _opened(envelope: Envelope, body: bytes, found: Joined, answer: server_lock.Answer) -> Manifest:
    if envelope.pk not in found.parts:
        raise Unreadable(found.damaged.get(envelope.pk, "pieces"))
    if envelope.pk not in answer.parts:
        raise Unreadable("lock")
    kc, ks = found.parts[envelope.pk], answer.parts[envelope.pk]
    manifest = open_envelope(envelope.header, body, kc=kc, ks=ks, binding=binding_of(envelope))
    return tidied(manifest, kind=envelope.kind) if from_browser(envelope) else manifest


def _proof(envelope: Envelope, body: bytes, step: str, found: Joined, answer: server_lock.Answer) -> dict[str, Any]:
    """Return what anybody can check of an envelope that did not open: the step, and the digests found and promised."""
    proof: dict[str, Any] = {"step": step, "promised": _promised(envelope.header)}
    proof["found"] = hashlib.sha256(body).hexdigest()
    if codes := answer.refused.get(envelope.pk):
        proof["lock"] = codes
    if wrong := found.wrong.get(envelope.pk):
        proof["wrong"] = [list(one) for one in wrong]
    return proof


def _promised(header: Any) -> str:
    """Return the digest that a header promises of its body, whatever else of the header is left."""
    body = header.get("body") if isinstance(header, dict) else None
    found = body.get("sha256") if isinstance(body, dict) else ""
    return found[:LONGEST_DIGEST] if isinstance(found, str) else ""


def fill(envelopes: list[Envelope], manifests: Mapping[int, Manifest], *, now: datetime) -> None:
    """Write what the manifests say into the columns that everybody who may read reads."""
    documents = {
        str(document.file_id): document
        for document in Document.objects.filter(envelopes__in=[one.pk for one in envelopes])
    }
    touched: list[Document] = []
    submissions: dict[int, Submission] = {}
    for envelope in envelopes:
        manifest = manifests[envelope.pk]
        envelope.content, envelope.opened_at, envelope.unreadable = dict(manifest.written), now, {}
        touched += _described(manifest, documents)
        submission = submissions.setdefault(envelope.submission_id or 0, envelope.submission)  # type: ignore[arg-type]
        submission.manifest = [*submission.manifest, *manifest_lines(envelope.kind, manifest)]
    Envelope.objects.bulk_update(envelopes, PLAIN, batch_size=200)
    Document.objects.bulk_update(touched, FILE, batch_size=500)
    Submission.objects.bulk_update(submissions.values(), ["manifest"], batch_size=500)


def _described(manifest: Manifest, documents: Mapping[str, Document]) -> Iterable[Document]:
    for file in manifest.files:
        if (document := documents.get(file.id)) is None:
            continue  # its row is gone: the manifest of the submission still names it
        document.name, document.media_type, document.size = file.name, file.media_type, file.size
        document.sha256, document.findings, document.file_key = file.sha256, list(file.findings), file.key
        yield document


def _note(
    session: OpeningSession, envelopes: list[Envelope], unreadable: Mapping[int, dict[str, Any]], found: Joined
) -> None:
    for envelope in envelopes:
        envelope.unreadable = unreadable[envelope.pk]
    Envelope.objects.bulk_update(envelopes, ["unreadable"], batch_size=200)
    pinned: dict[str, int] = {}
    for faults in found.wrong.values():
        for holder in {holder for holder, _subset in faults}:
            pinned[holder] = pinned.get(holder, 0) + 1
    session.wrong_pieces = pinned
    session.save(update_fields=["wrong_pieces"])

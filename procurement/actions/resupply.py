"""Give again what did not open: with the access code as a whole, or file by file against the commitments of the receipt."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.unseal_envelopes import ask_to_check, fill
from procurement.actions.working_copy import lock_own
from procurement.models import Application, Document, Envelope, OpeningSession
from procurement.models.working_copy import access_of, attached_files, working_envelopes
from procurement.queries.browser_manifest import from_browser
from procurement.queries.forms import form_given
from procurement.queries.manifest import kept_elsewhere, manifests_of, mark_of
from procurement.queries.pieces import binding_of
from procurement.queries.resupply import LARGEST, Missing, formless, is_taken, missing_files, told_by, unreadable
from procurement.queries.sealed_files import Received
from procurement.rules import resupply
from procurement.rules.file_names import clean_name
from procurement.sealing import Unreadable, open_own_envelope
from procurement.sealing.manifest import Manifest
from workflow import audit
from workflow.transitions import demand, use_case


@use_case
def resupply_with_code(*, application: Application, actor: Any, now: datetime) -> int:
    """Open with the applicant's own key what the committee's keys could not; return how many envelopes.

    Where the sealed body itself is damaged, the working copy stands in for it if its mark is that of the submission.
    Refuses with Locked without the code, (RSP-06) once the evaluation or the ranking began, (RSP-07) what a browser sealed,
    for else one could seal for the access code alone and choose after the opening whether it counts, and (RSP-02) when
    neither is what was submitted.
    """
    locked = lock_own(application, actor=actor, act="resupply_with_code")
    access_of(locked)
    closed = unreadable(locked)
    taken = [envelope for envelope in closed if is_taken(locked.call, envelope.kind)]
    here = [envelope for envelope in taken if not from_browser(envelope)]
    found = {envelope.pk: manifest for envelope in here if (manifest := _own(locked, envelope))}
    facts = resupply.ResupplyFacts(
        wanted=bool(closed), in_time=bool(taken), sealed_here=bool(here), right=bool(found) or not here
    )
    demand(resupply.WITH_CODE, facts, subject=locked, act="resupply_with_code")
    fill([envelope for envelope in closed if envelope.pk in found], found, now=now)
    _have_checked([envelope for envelope in closed if envelope.pk in found], now=now)
    audit.record(locked, "resupply_with_code", actor=actor, now=now, details={"envelopes": sorted(found)})
    return len(found)


def _have_checked(envelopes: list[Envelope], *, now: datetime) -> None:
    """Have the files of what was opened after its session read whole as well."""
    for envelope in envelopes:
        sessions = OpeningSession.objects.filter(call=envelope.application.call, kind=envelope.kind, opened=True)
        if session := sessions.order_by("-pk").first():
            ask_to_check(session, now=now, later=f":{envelope.pk}")


def _own(application: Application, envelope: Envelope) -> Manifest | None:
    """Open an envelope that was sealed here with the applicant's key."""
    key = access_of(application).key
    try:
        body = bytes(envelope.sealed or b"")
        return open_own_envelope(envelope.header, body, own_key=key, binding=binding_of(envelope))
    except Unreadable:
        return _working_copy(application, envelope, key=key)


def _working_copy(application: Application, envelope: Envelope, *, key: bytes) -> Manifest | None:
    """Return the working copy of an envelope if it still is what was submitted: its mark proves it."""
    try:
        written = working_envelopes(application)
        held = manifests_of(application, written, attached_files(application))
    except Unreadable:
        return None
    assert envelope.submission is not None
    mark = mark_of(held, key=key, elsewhere=kept_elsewhere(written))
    return held.get(envelope.kind) if mark == envelope.submission.mark else None


@use_case
def resupply_receipt(*, application: Application, receipt: bytes, actor: Any, now: datetime) -> int:
    """Keep the salts of a signed receipt, by which files given again are held to what was sealed; refuses another's."""
    locked = lock_own(application, actor=actor, act="resupply_receipt")
    closed = unreadable(locked)
    taken = [envelope for envelope in closed if is_taken(locked.call, envelope.kind)]
    told = {envelope.pk: told_by(receipt, envelope) for envelope in taken}
    right = [envelope for envelope in taken if told[envelope.pk] is not None]
    facts = resupply.ResupplyFacts(wanted=bool(closed), in_time=bool(taken), right=bool(right) or not taken)
    demand(resupply.RECEIPT, facts, subject=locked, act="resupply_receipt")
    for envelope in right:
        envelope.unreadable = {**envelope.unreadable, **(told[envelope.pk] or {})}
    Envelope.objects.bulk_update(right, ["unreadable"])
    audit.record(locked, "resupply_receipt", actor=actor, now=now, details={"envelopes": [one.pk for one in right]})
    return len(right)


@use_case
def resupply_form(*, application: Application, given: bytes, actor: Any, now: datetime) -> int:
    """Take what was typed from the applicant's own file; refuses (RSP-07) whatever the receipt does not prove."""
    locked = lock_own(application, actor=actor, act="resupply_form")
    waiting = formless(locked)
    taken = [envelope for envelope in waiting if is_taken(locked.call, envelope.kind)]
    done = _take_forms(locked, given, actor=actor, now=now) if taken else 0
    facts = resupply.ResupplyFacts(wanted=bool(waiting), in_time=bool(taken), right=bool(done) or not taken)
    demand(resupply.FORM, facts, subject=locked, act="resupply_form")
    return done


def _take_forms(application: Application, given: bytes, *, actor: Any, now: datetime) -> int:
    """Fill in what fits the commitments that are known; return how many envelopes have their text again."""
    filled = []
    for envelope in formless(application):
        written = form_given(given, kind=envelope.kind, promised=envelope.unreadable["form"])
        if written is None or len(given) > LARGEST or not is_taken(application.call, envelope.kind):
            continue
        envelope.content = written
        envelope.unreadable = {**envelope.unreadable, "form_given": True}
        envelope.save(update_fields=["content", "unreadable"])
        filled.append(envelope)
    if filled:
        details = {"envelopes": [one.pk for one in filled]}
        audit.record(application, "resupply_form", actor=actor, now=now, details=details)
    for envelope in filled:
        _open_when_whole(application, envelope, now=now)
    return len(filled)


@use_case
def resupply_file(
    *, application: Application, document: Document, received: Received, actor: Any, now: datetime
) -> Document:
    """Take a file in place of one that did not open or read; refuses (RSP-05) any other than the one that was sealed.

    The new file stands beside the old one, which stays as it is, and takes its place in the envelope. The envelope counts
    as open once all its files are there; what was typed in it stays sealed until it is given too.
    """
    locked = lock_own(application, actor=actor, act="resupply_file")
    missing = next((one for one in missing_files(locked) if one.document.pk == document.pk), None)
    facts = resupply.ResupplyFacts(
        wanted=missing is not None,
        in_time=missing is not None and is_taken(locked.call, missing.envelope.kind),
        salted=missing is not None and bool(missing.salt),
        right=missing is not None and missing.is_of(received.sha256),
    )
    demand(resupply.FILE, facts, subject=locked, act="resupply_file")
    assert missing is not None  # RSP-01 spoke otherwise
    given = _in_place_of(missing, received, actor=actor, now=now)
    details = {"document": document.pk, "by": given.pk, "sha256": received.sha256}
    audit.record(locked, "resupply_file", actor=actor, now=now, details=details)
    _open_when_whole(locked, missing.envelope, now=now)
    return given


def _in_place_of(missing: Missing, received: Received, *, actor: Any, now: datetime) -> Document:
    former, envelope = missing.document, missing.envelope
    given = Document.objects.create(
        application_id=former.application_id, requirement=former.requirement, file=received.stored,
        name=former.name or clean_name(received.name), media_type=received.stored.media_type, size=received.size,
        sha256=received.sha256, findings=list(received.content.findings), file_key=received.key, uploaded_by=actor,
        checked_at=now,
    )  # fmt: skip
    envelope.documents.remove(former)
    envelope.documents.add(given)
    former.fault = {**former.fault, "step": former.fault.get("step", "body"), "given": given.pk}
    former.save(update_fields=["fault"])
    return given


def _open_when_whole(application: Application, envelope: Envelope, *, now: datetime) -> None:
    """An envelope whose files are all there again is open; it says that what was typed in it is not."""
    if envelope.opened_at is None and not any(one.envelope.pk == envelope.pk for one in missing_files(application)):
        Envelope.objects.filter(pk=envelope.pk).update(opened_at=now)

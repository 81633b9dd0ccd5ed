"""What a browser has kept of a financial envelope while it is written: where it is sealed, its ciphertext, its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.drop_upload import forget
from procurement.actions.quota import hold_quota
from procurement.actions.working_copy import lock_to_edit
from procurement.enums import EnvelopeKind, SealedIn
from procurement.models import Application, Document, Envelope, Requirement
from procurement.models.browser_copy import browser_files, kept_digest, may_choose, price_row, seals_in_browser
from procurement.models.facts.moments import precise_label
from procurement.rules import browser_sealing as rules
from procurement.rules import files, submission
from workflow import audit
from workflow.models import StoredFile
from workflow.transitions import demand, demand_permission, use_case

LARGEST_KEPT = 256 * 1024  # bytes of ciphertext: a price form, notes and the keys of some hundred files


@use_case
def choose_place(*, application: Application, place: str, actor: Any, now: datetime) -> Envelope:
    """Choose where the financial envelope is sealed, or begin it anew where it is; what was written of it is emptied.

    What was submitted stands. Refuses where the call leaves no choice (BRO-06), and after the deadline (SUB-03).
    """
    locked = lock_to_edit(application, actor=actor, now=now, act="choose_place")
    row, present = price_row(locked), seals_in_browser(locked)
    wanted = place == SealedIn.BROWSER
    facts = rules.PlaceFacts(in_browser=present, may_choose=may_choose(locked) or (present and wanted))
    demand((rules.OFFERED,), facts, subject=locked, act="choose_place")
    row.sealed_in = SealedIn.BROWSER if wanted else SealedIn.SERVER
    row.sealed, row.key_check, row.saved_at, row.saved_parts = None, "", None, {}
    row.save(update_fields=["sealed_in", "sealed", "key_check", "saved_at", "saved_parts"])
    files_of_it = locked.documents.filter(
        removed_at=None, completion=None, requirement__envelope=EnvelopeKind.FINANCIAL
    )
    files_of_it.update(removed_at=now, removed_by=actor)
    for upload in locked.uploads.filter(requirement__envelope=EnvelopeKind.FINANCIAL):
        forget(upload, now=now)
    audit.record(locked, "choose_place", actor=actor, now=now, details={"sealed_in": row.sealed_in})
    return row


@use_case
def keep_sealed(
    *, application: Application, sealed: bytes, check: str, seen: str, actor: Any, now: datetime
) -> Envelope:
    """Keep the ciphertext of what was written; `seen` is the digest of what the window began from.

    Refuses another code than that of what is kept (BRO-07), another window's saving (SUB-08), too much (BRO-08).
    """
    locked = lock_to_edit(application, actor=actor, now=now, act="keep_sealed")
    row = price_row(locked)
    facts = rules.PlaceFacts(
        in_browser=seals_in_browser(locked),
        same_code=row.key_check in ("", check) and len(check) == 64,
        small=len(sealed) <= LARGEST_KEPT,
    )
    demand((rules.BY_SERVICE, rules.SAME_CODE, rules.SMALL), facts, subject=locked, act="keep_sealed")
    stamp = row.saved_at.isoformat() if row.saved_at else ""
    saving = submission.SavingFacts(seen, kept_digest(row), precise_label(stamp, call=locked.call))
    demand((submission.NOT_CHANGED_ELSEWHERE,), saving, subject=locked, act="keep_sealed")
    row.sealed, row.sealed_in, row.key_check, row.saved_at = sealed, SealedIn.BROWSER, check, now
    row.save(update_fields=["sealed", "sealed_in", "key_check", "saved_at"])
    audit.record(locked, "keep_sealed", actor=actor, now=now)
    return row


@use_case
def attach_sealed(
    *, application: Application, requirement: Requirement, stored: StoredFile, actor: Any, now: datetime
) -> Document:
    """Add a file that a browser sealed; what it is shows at the opening, and is then found on the record.

    Refuses where the service seals (BRO-05), more files than the document allows (FIL-08), beyond the quota (UPL-02), after
    the deadline.
    """
    locked = lock_to_edit(application, actor=actor, now=now, act="attach_sealed")
    fits = requirement.call_id == locked.call_id and requirement.envelope == EnvelopeKind.FINANCIAL
    demand_permission(fits, subject=locked, act="attach_sealed")
    place = rules.PlaceFacts(in_browser=seals_in_browser(locked))
    demand((rules.BY_SERVICE,), place, subject=locked, act="attach_sealed")
    beside = [one for one in browser_files(locked) if one.requirement_id == requirement.pk]
    room = files.RoomFacts(attached=len(beside), most_files=requirement.most_files)
    demand((files.ROOM_LEFT,), room, subject=locked, act="attach_sealed")
    hold_quota(locked, size=stored.size, act="attach_sealed")
    document = Document.objects.create(
        application=locked, requirement=requirement, file=stored, sealed_in=SealedIn.BROWSER, uploaded_by=actor
    )
    traced = {"document": document.pk, "requirement": requirement.code, "sha256": stored.sha256}
    audit.record(locked, "attach_sealed", actor=actor, now=now, details=traced)
    return document

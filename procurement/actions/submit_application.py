"""Submit an application: one click, one submission, one receipt, stamped by the database's clock, sealed at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from procurement.actions.prepared_envelope import accept_prepared, demand_prepared
from procurement.actions.references import draw_reference
from procurement.actions.tell import tell_applicant
from procurement.actions.working_copy import lock_own
from procurement.enums import ApplicationState, EnvelopeKind, SealedIn
from procurement.models import Application, Envelope, Submission
from procurement.models.browser_copy import Prepared
from procurement.models.working_copy import Attached, WorkingCopy, access_of, attached_files, working_envelopes
from procurement.queries.manifest import headers_digest, kept_elsewhere, manifests_of, mark_of
from procurement.queries.receipts import receipt_of, seal_receipt
from procurement.queries.roster import roster_of
from procurement.rules import submission as rules
from procurement.sealing.context import Binding
from procurement.sealing.envelope import SealedEnvelope, seal_envelope
from procurement.sealing.form import form_commitment
from procurement.sealing.manifest import Manifest
from procurement.sealing.roster import Roster
from workflow import audit
from workflow.kept import kept
from workflow.kept_rows import insert, update
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, pass_held, use_case

SUBMITTABLE = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.SUBMITTED)


@dataclass(frozen=True)
class Content:
    """What the working copy holds at the moment of the click, read once; `prepared` is what a browser sealed."""

    files: list[Attached]
    manifests: dict[str, Manifest]
    mark: str
    prepared: Prepared | None = None


@use_case
def submit_application(
    *, application: Application, actor: Any, now: datetime, idempotency_key: str, prepared: Prepared | None = None
) -> Submission:
    """Seal what the working copy holds to the key holders of now, and acknowledge it.

    The same key gives the same submission again, and is refused for another content (SUB-12). After the deadline it is
    recorded as late and stays closed for ever; an earlier one in time stands. Refuses an incomplete application (SUB-04),
    one without its access code (SUB-11), a call that is not open or suspended, anything after the opening (SUB-05);
    where the financial envelope is sealed in a browser, one without it or with one that does not fit (BRO-…).
    """
    application.call.hold(shared=True)  # whoever closes the call waits for this, and then sees it
    locked = lock_own(application, actor=actor, act="submit_application")
    earlier = [] if _never_submitted(locked) else _earlier(application=locked.pk)
    demand((rules.UNLOCKED,), rules.RepeatFacts(locked.access is not None), subject=locked, act="submit_application")
    content = _content(locked, prepared)
    if repeated := next((one for one in earlier if one.idempotency_key == idempotency_key), None):
        facts = rules.RepeatFacts(unlocked=True, same=repeated.mark == content.mark)
        demand((rules.SAME_CONTENT,), facts, subject=locked, act="submit_application")
        return repeated
    deadline = _deadline(locked, now=now)
    demand_prepared(locked, prepared, version=len(earlier) + 1)
    submission = _record(locked, content, earlier, deadline=deadline, actor=actor, key=idempotency_key)
    _move(locked, submission, in_browser=prepared is not None, actor=actor, now=now)
    _seal(submission, content)
    kind = "late_receipt" if submission.late else "receipt"
    number = submission.receipt_number
    tell_applicant(kind=kind, application=locked, key=number, now=now, receipt=number)
    return submission


def _never_submitted(locked: Application) -> bool:
    """Tell it from the row. Of two clicks at once the second reads the state that the first one left, and then asks."""
    return locked.state == ApplicationState.DRAFT and not locked.submitted_before


@kept
def _earlier(application: int) -> QuerySet[Submission]:
    return Submission.objects.filter(application_id=application).order_by("id")


def _content(locked: Application, prepared: Prepared | None) -> Content:
    locked.working = WorkingCopy(working_envelopes(locked), attached_files(locked))
    manifests = manifests_of(locked, locked.working.envelopes, locked.working.files)
    mark = mark_of(manifests, key=access_of(locked).key, elsewhere=kept_elsewhere(locked.working.envelopes))
    return Content(locked.working.files, manifests, mark, prepared)


def _deadline(locked: Application, *, now: datetime) -> datetime:
    """Return the deadline it is held against; refuse what stands against it before anything is sealed."""
    if locked.state not in SUBMITTABLE:
        raise NoSuchMove(subject=locked, act="submit_application")
    locked.ask(now=now)
    facts: rules.SubmissionFacts = locked.facts(rules.ABOUT)
    demand(rules.SUBMIT, facts, subject=locked, act="submit_application")
    assert facts.latest_deadline is not None  # SUB-01 spoke otherwise
    return facts.latest_deadline


def _record(
    locked: Application, content: Content, earlier: list[Submission], *, deadline: datetime, actor: Any, key: str
) -> Submission:
    submission = Submission(
        application=locked,
        version=len(earlier) + 1,
        receipt_number=draw_reference("AR"),
        idempotency_key=key,
        submitted_by=actor,
        deadline=deadline,
        mark=content.mark,
    )
    insert([submission])
    previous = next((one for one in reversed(earlier) if not one.late), None)
    if previous is not None and not submission.late:
        submission.replaces = previous
    return submission


def _move(locked: Application, submission: Submission, *, in_browser: bool, actor: Any, now: datetime) -> None:
    """Move the application; one that was submitted in time stays where it is, whatever comes after it."""
    told = {"submission": submission.pk, **({"price_sealed_in": SealedIn.BROWSER.value} if in_browser else {})}
    if locked.state == ApplicationState.SUBMITTED:
        act = "record_late_attempt" if submission.late else "replace_submission"
        audit.record(locked, act, actor=actor, now=now, details=told)
        return
    pass_held(locked, "record_late" if submission.late else "submit", actor=actor, now=now, **told)


def _seal(submission: Submission, content: Content) -> None:
    """Seal each envelope to the roster of now, keep it with what it lists, and put the signed receipt beside it."""
    application = submission.application
    roster = roster_of(application.call)
    sealed = {kind: _sealed(submission, kind, one, roster=roster) for kind, one in content.manifests.items()}
    listed_here = [(file.requirement.envelope, file.row.pk) for file in content.files]
    if content.prepared is not None:
        taken = accept_prepared(submission, content.prepared, roster=roster)
        sealed[EnvelopeKind.FINANCIAL] = taken.envelope
        listed_here += [(EnvelopeKind.FINANCIAL, document) for document in taken.documents]
    rows = insert(
        [
            Envelope(application=application, submission=submission, kind=kind, header=one.header, sealed=one.body)
            for kind, one in sealed.items()
        ]
    )
    of_kind, listed = {row.kind: row.pk for row in rows}, Envelope.documents.through
    insert([listed(envelope_id=of_kind[kind], document_id=one) for kind, one in listed_here if kind in of_kind])
    headers = {kind: one.header for kind, one in sealed.items()}
    submission.sha256 = headers_digest(headers)
    receipt = receipt_of(submission, manifests=content.manifests, headers=headers, forms=_forms(submission, content))
    submission.receipt_sealed = seal_receipt(receipt, submission, access=access_of(application))
    update(submission, "replaces", "sha256", "receipt_sealed")


def _forms(submission: Submission, content: Content) -> dict[str, str]:
    """Return what the receipt says of what was typed; of an envelope from a browser, what the browser says of it."""
    key = access_of(submission.application).key
    found = {
        kind: form_commitment(one.written, own_key=key, binding=_place(submission, kind))
        for kind, one in content.manifests.items()
    }
    if content.prepared is not None and content.prepared.form:
        found[EnvelopeKind.FINANCIAL.value] = content.prepared.form
    return found


def _place(submission: Submission, kind: str) -> Binding:
    application = submission.application
    return Binding(application.call.reference, application.reference, kind, submission.version)


def _sealed(submission: Submission, kind: str, manifest: Manifest, *, roster: Roster) -> SealedEnvelope:
    application, call = submission.application, submission.application.call
    assert call.lock_public is not None  # frozen at the publication
    return seal_envelope(
        manifest,
        binding=_place(submission, kind),
        roster=roster,
        lock_public=bytes(call.lock_public),
        own_key=access_of(application).key,
    )

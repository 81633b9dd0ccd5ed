"""Submit an application: one click, one submission, one receipt, stamped by the database's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.references import draw_reference
from procurement.actions.tell import tell_applicant
from procurement.actions.working_copy import lock_own
from procurement.actions.write_paper import write_paper
from procurement.enums import ApplicationState, PaperKind
from procurement.models import Application, Document, Envelope, Submission
from procurement.queries.applications import attached_documents, working_envelopes
from procurement.queries.manifest import content_digest, manifest_of, whole_digest
from procurement.queries.papers.receipt import receipt_facts
from procurement.rules import submission as rules
from workflow import audit
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, pass_through, use_case

SUBMITTABLE = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.SUBMITTED)


@use_case
def submit_application(*, application: Application, actor: Any, now: datetime, idempotency_key: str) -> Submission:
    """Fix what the working copy holds, and acknowledge it; the same key gives the same submission again.

    After the deadline it is recorded as late and stays closed for ever; an earlier one in time stands. Refuses an
    incomplete application (SUB-04), a call that is not open or suspended, and anything after the opening (SUB-05).
    """
    application.call.hold(shared=True)  # whoever closes the call waits for this, and then sees it
    locked = lock_own(application, actor=actor, act="submit_application")
    if repeated := locked.submissions.filter(idempotency_key=idempotency_key).first():
        return repeated
    deadline = _deadline(locked, now=now)
    envelopes, documents = working_envelopes(locked), attached_documents(locked)
    submission = _record(locked, envelopes, documents, deadline=deadline, actor=actor, key=idempotency_key)
    _move(locked, submission, actor=actor, now=now)
    _freeze(submission, envelopes, documents)
    _acknowledge(submission, actor=actor, now=now)
    return submission


def _deadline(locked: Application, *, now: datetime) -> datetime:
    """Return the deadline it is held against; refuse what no arrow asks about: a state that takes nothing, a replacement."""
    if locked.state not in SUBMITTABLE:
        raise NoSuchMove(subject=locked, act="submit_application")
    latest = locked.call.latest_deadline()
    if locked.state == ApplicationState.SUBMITTED or latest is None:
        locked.ask(now=now)
        demand(rules.SUBMIT, locked.facts(rules.ABOUT), subject=locked, act="submit_application")
    assert latest is not None  # SUB-01 spoke otherwise
    return latest


def _record(
    locked: Application,
    envelopes: list[Envelope],
    documents: list[Document],
    *,
    deadline: datetime,
    actor: Any,
    key: str,
) -> Submission:
    previous = locked.submissions.filter(late=False).order_by("-id").first()
    manifest = manifest_of(documents)
    submission = Submission.objects.create(
        application=locked,
        receipt_number=draw_reference("AR"),
        idempotency_key=key,
        submitted_by=actor,
        deadline=deadline,
        manifest=manifest,
        sha256=whole_digest(manifest, {one.kind: content_digest(one) for one in envelopes}),
    )
    if previous is not None and not submission.late:
        submission.replaces = previous
        submission.save(update_fields=["replaces"])
    return submission


def _freeze(submission: Submission, envelopes: list[Envelope], documents: list[Document]) -> None:
    """Copy the working envelopes, bind the copies to the submission, and list in each its documents."""
    copies = Envelope.objects.bulk_create(
        Envelope(
            application=submission.application,
            submission=submission,
            kind=one.kind,
            content=one.content,
            content_sha256=content_digest(one),
            saved_at=one.saved_at,
        )
        for one in envelopes
    )
    by_kind = {copy.kind: copy.pk for copy in copies}
    listed = Envelope.documents.through
    listed.objects.bulk_create(
        listed(envelope_id=by_kind[document.requirement.envelope], document_id=document.pk) for document in documents
    )


def _move(locked: Application, submission: Submission, *, actor: Any, now: datetime) -> None:
    """Move the application; one that was submitted in time stays where it is, whatever comes after it."""
    if locked.state == ApplicationState.SUBMITTED:
        act = "record_late_attempt" if submission.late else "replace_submission"
        audit.record(locked, act, actor=actor, now=now, details={"submission": submission.pk})
        return
    pass_through(locked, "record_late" if submission.late else "submit", actor=actor, now=now, submission=submission.pk)


def _acknowledge(submission: Submission, *, actor: Any, now: datetime) -> None:
    application = submission.application
    paper = write_paper(
        call=application.call,
        kind=PaperKind.RECEIPT,
        template="receipt",
        paper_facts=receipt_facts(submission, call=application.call),
        actor=actor,
        now=now,
        application=application,
    )
    tell_applicant(
        kind="late_receipt" if submission.late else "receipt",
        application=application,
        key=submission.receipt_number,
        now=now,
        paper=paper.pk,
        receipt=submission.receipt_number,
    )

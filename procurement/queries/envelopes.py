"""The one way to read what an applicant sealed. Before the opening it answers nobody, whoever asks: there is nothing to read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.enums import ApplicationState, EnvelopeKind, Seat
from procurement.models import Application, Call, Document, Envelope
from procurement.models.working_copy import attached
from procurement.queries.sealed_files import plain_parts
from workflow import audit


class StillSealed(Exception):
    """The envelope is closed to this person: not opened yet, never to be opened, or not theirs to read."""


@dataclass(frozen=True)
class Opened:
    """What an opened envelope held when it was submitted."""

    content: dict[str, Any]
    documents: tuple[Document, ...]


def read_envelope(application: Application, kind: EnvelopeKind, *, actor: Any, now: datetime) -> Opened:
    """Return the content of an opened envelope; refuse before every published deadline has passed and it was opened.

    `actor` None is the procedure itself (engine, papers), which may read only what is open.
    """
    envelope = _opened_envelope(application, kind, now=now)
    if envelope is None or not _may_read(application, kind, actor):
        raise StillSealed(application.reference)
    documents = [d for d in envelope.documents.select_related("requirement", "file") if not _hidden(d, actor)]
    return Opened(content=dict(envelope.content), documents=tuple(documents + _completed(application, kind, actor)))


def _opened_envelope(application: Application, kind: EnvelopeKind, *, now: datetime) -> Envelope | None:
    latest = application.call.latest_deadline()
    if latest is None or now <= latest:
        return None
    return (
        application.envelopes.filter(kind=kind, opened_at__isnull=False, submission__withdrawn_at=None)
        .order_by("-submission_id")
        .first()
    )


def _may_read(application: Application, kind: EnvelopeKind, actor: Any) -> bool:
    if actor is None or permissions.own_application(application, actor):
        return True
    if kind == EnvelopeKind.FINANCIAL and not permissions.read_prices(application.call, actor):
        return False
    return permissions.read_applications(application.call, actor)


def _hidden(document: Document, actor: Any) -> bool:
    """Personal documents are for the compliance check, not for evaluators and observers."""
    if actor is None or not document.requirement.personal:
        return False
    call = document.application.call
    return permissions.has_seat(call, actor, Seat.EVALUATOR, Seat.OBSERVER)


def _completed(application: Application, kind: EnvelopeKind, actor: Any) -> list[Document]:
    rows = application.documents.filter(
        completion__isnull=False, completion__answered_at__isnull=False, removed_at=None, requirement__envelope=kind
    ).select_related("requirement", "file")
    return [document for document in rows if not _hidden(document, actor)]


def demand_readable(document: Document, *, actor: Any, now: datetime) -> None:
    """Refuse with StillSealed a document that this person may not read now."""
    opened = read_envelope(document.application, EnvelopeKind(document.requirement.envelope), actor=actor, now=now)
    if document.pk not in {known.pk for known in opened.documents}:
        raise StillSealed(document.application.reference)


def open_document(document: Document, *, actor: Any, now: datetime) -> Iterator[bytes]:
    """Return the bytes of one document of an opened envelope; each reading by another than the applicant is logged."""
    demand_readable(document, actor=actor, now=now)
    audit.record(document, "read_document", actor=actor, now=now, scope=document.application.call.reference)
    return plain_parts(document, key=bytes(document.file_key or b""))


def own_document(document: Document, *, actor: Any) -> Iterator[bytes]:
    """Return the bytes of a document to those who sent it, at any time; refuses with Locked without their code."""
    application = document.application
    if not permissions.own_application(application, actor):
        raise StillSealed(application.reference)
    return plain_parts(document, key=attached(application, document).told.key)


NEVER_PRICED = (ApplicationState.BELOW_THRESHOLD, ApplicationState.LATE)


def price_of(application: Application, *, now: datetime) -> dict[str, Any] | None:
    """Return the price form of an application whose financial envelope was opened, None otherwise."""
    if application.state in NEVER_PRICED:
        return None
    try:
        return read_envelope(application, EnvelopeKind.FINANCIAL, actor=None, now=now).content.get("price")
    except StillSealed:
        return None


def prices_of(call: Call, *, now: datetime, among: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """Return the price form of every application of a call, or of some, whose financial envelope was opened."""
    latest = call.latest_deadline()
    if latest is None or now <= latest:
        return {}
    opened = Envelope.objects.filter(
        application__call=call, kind=EnvelopeKind.FINANCIAL, opened_at__isnull=False, submission__withdrawn_at=None
    ).exclude(application__state__in=NEVER_PRICED)
    if among is not None:
        opened = opened.filter(application__in=among)
    rows = opened.order_by("submission_id").values_list("application_id", "content")
    return {application: dict(content["price"]) for application, content in rows if content.get("price")}

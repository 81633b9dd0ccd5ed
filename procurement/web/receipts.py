"""Receipts of submissions, signed and in Word, for whoever has the code; letters, once they are written."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from procurement.enums import EnvelopeKind, SealedIn
from procurement.letters import registry
from procurement.models import Application, Paper, Submission
from procurement.models.working_copy import access_of
from procurement.queries.applications import current_submission, letters_to, submissions_of
from procurement.queries.papers.receipt import told_by
from procurement.queries.receipts import stored_receipt
from procurement.web.documents import begun
from procurement.web.own_application import load_own, render_own
from workflow import storage

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def receipt(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Say what was received, when, with the digest of each file; without the code only that it was, and when."""
    own = load_own(request, reference)
    submission = submission_of(own, number)
    kept = stored_receipt(own, submission)
    told = json.loads(kept) if kept else None
    later = own.submissions.filter(replaces=submission).first()
    context = {
        "submission": submission,
        "told": told,
        "current": current_submission(own),
        "replaced_by": later,
        "sealing": _reading(own, submission) if _in_browser(submission) else None,
    }
    return render_own(request, own, "application_receipt.html", context)


@require_GET
def receipt_file(request: HttpRequest, reference: str, number: str) -> HttpResponseBase:
    """Give the receipt in Word: written now, from the signed one and nothing else, and kept nowhere."""
    own = load_own(request, reference)
    content = registry.render_paper(paper=told_by(_kept(own, number), call=own.call))
    return given_as_file(content, name=f"{number}.docx", media_type=WORD)


@require_GET
def receipt_signed(request: HttpRequest, reference: str, number: str) -> HttpResponseBase:
    """Give the signed receipt, which can be verified without this service."""
    return given_as_file(
        _kept(load_own(request, reference), number), name=f"{number}.json", media_type="application/json"
    )


@require_GET
def sealed_price(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Give the financial envelope back as it was submitted, for the browser that has the code for it."""
    submission = submission_of(load_own(request, reference), number)
    envelope = submission.envelopes.filter(kind=EnvelopeKind.FINANCIAL).first()
    if envelope is None or envelope.sealed is None or envelope.header.get("sealed_in") != SealedIn.BROWSER:
        raise Http404
    told = {"header": envelope.header, "body": b64encode(bytes(envelope.sealed)).decode()}
    return JsonResponse(told, headers={"Cache-Control": "private, no-store"})


def _in_browser(submission: Submission) -> bool:
    return submission.envelopes.filter(kind=EnvelopeKind.FINANCIAL, header__sealed_in=SealedIn.BROWSER).exists()


def _reading(own: Application, submission: Submission) -> dict[str, Any]:
    """Return what the script needs that reads a sealed price back with the applicant's second code."""
    place = {"call": own.call.reference, "application": own.reference, "envelope": str(EnvelopeKind.FINANCIAL)}
    address = reverse("application_receipt_price", args=[own.reference, submission.receipt_number])
    binding = {**place, "version": submission.version}
    return {"binding": binding, "address": address, "number": submission.receipt_number, "currency": own.call.currency}


def submission_of(own: Application, number: str) -> Submission:
    """Return a submission of an application by its receipt's number, or 404."""
    submission = submissions_of(own).filter(receipt_number=number).first()
    if submission is None:
        raise Http404
    return submission


def _kept(own: Application, number: str) -> bytes:
    """Return the signed receipt; refuses with Locked without the code, 404 where an older code sealed it."""
    submission = submission_of(own, number)
    access_of(own)
    content = stored_receipt(own, submission)
    if content is None:
        raise Http404
    return content


def given_as_file(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Return bytes as a file to keep, which no browser interprets and no cache keeps."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def letter(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Give a letter that was sent to the applicant, in Word; `number` counts the notifications of the call."""
    own = load_own(request, reference)
    sent = letters_to(own).filter(round=number).first()
    return paper_response(sent.paper if sent else None)


def paper_response(paper: Paper | None) -> StreamingHttpResponse:
    """Return the file of a paper; 404 while there is none."""
    if paper is None or paper.file is None:
        raise Http404
    response = StreamingHttpResponse(begun(storage.stream(paper.file)), content_type=WORD)
    response["Content-Length"] = str(paper.file.size)
    response["Content-Disposition"] = content_disposition_header(True, paper.file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

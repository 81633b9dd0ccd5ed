"""Receipts of submissions and letters, each in Word once it is written."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from procurement.models import Paper
from procurement.queries.applications import current_submission, letters_to, receipt_paper, submissions_of
from procurement.web.documents import begun
from procurement.web.own_application import load_own, render_own
from workflow import storage

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def receipt(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Say what was received, when, with the digest of each file."""
    own = load_own(request, reference)
    submission = submissions_of(own).filter(receipt_number=number).first()
    if submission is None:
        raise Http404
    later = own.submissions.filter(replaces=submission).first()
    context = {
        "submission": submission,
        "paper": receipt_paper(submission),
        "current": current_submission(own),
        "replaced_by": later,
    }
    return render_own(request, own, "application_receipt.html", context)


@require_GET
def receipt_file(request: HttpRequest, reference: str, number: str) -> HttpResponseBase:
    """Give the receipt in Word."""
    own = load_own(request, reference)
    submission = submissions_of(own).filter(receipt_number=number).first()
    return paper_response(receipt_paper(submission) if submission else None)


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

"""What is measured over HTTP: each scene is a stream of units, and a unit is what one person asks for in one act."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from django.urls import reverse

from infra.bench.load import Asked, Unit
from infra.bench.people import TOKEN, headers_of, visitor, with_code
from infra.bench.stock import Stock
from procurement.models import Application, ScoreSheet

MEGABYTE = 1024 * 1024
BOUNDARY = "bench-boundary"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def public_list() -> Iterator[Unit]:
    """Read the list of open calls, as a visitor."""
    return itertools.repeat((Asked("GET", reverse("public_calls"), visitor()),))


def call_page(stock: Stock) -> Iterator[Unit]:
    """Read the page of a call, as a visitor."""
    return itertools.repeat((Asked("GET", reverse("public_call", args=[stock.call.reference]), visitor()),))


def submission(stock: Stock) -> Iterator[Unit]:
    """Send one file of 1 MB, then submit: each time for another applicant who has written everything else."""
    ready = [(application, with_code(headers_of(application.user), application)) for application in stock.drafts]
    file = _one_file()
    return iter([(_upload(one, headers, file), _submit(one, headers)) for one, headers in ready])


def _one_file() -> bytes:
    """Return the body of a form with one file in it."""
    kind = 'form-data; name="file"; filename="note.pdf"'
    start = f"--{BOUNDARY}\r\nContent-Disposition: {kind}\r\nContent-Type: application/pdf\r\n\r\n"
    return start.encode() + pdf(MEGABYTE) + f"\r\n--{BOUNDARY}--\r\n".encode()


def _upload(application: Application, headers: dict[str, str], body: bytes) -> Asked:
    form = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "application/json"}
    path = reverse("application_upload", args=[application.reference, "A1"])
    return Asked("POST", path, {**headers, **form}, body)


def pdf(size: int) -> bytes:
    """Return a PDF of this size; nearly all of it is a comment."""
    head, tail = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    line = b"%" + b"x" * 78 + b"\n"
    filling = line * ((size - len(head) - len(tail)) // len(line))
    return head + filling + tail


def _submit(application: Application, headers: dict[str, str]) -> Asked:
    path = reverse("application_submission", args=[application.reference])
    return Asked(
        "POST", path, {**headers, **FORM}, f"key={application.reference}&csrfmiddlewaretoken={TOKEN}".encode(), 302
    )


def signing(stock: Stock) -> Iterator[Unit]:
    """Sign a sheet that is filled in, as the first evaluator: each time another sheet."""
    headers = headers_of(stock.evaluators[0])
    return iter([(_sign(stock, sheet, headers),) for sheet in stock.open_sheets])


def _sign(stock: Stock, sheet: ScoreSheet, headers: dict[str, str]) -> Asked:
    path = reverse("evaluation_signature", args=[stock.call.reference, sheet.application.reference])
    body = f"stage={sheet.stage}&csrfmiddlewaretoken={TOKEN}".encode()
    return Asked("POST", path, {**headers, **FORM}, body, 302)


def desk_page(stock: Stock) -> Iterator[Unit]:
    """Read one's own sheet beside the application."""
    headers = headers_of(stock.evaluators[0])
    reference = stock.open_sheets[-1].application.reference
    return itertools.repeat(
        (Asked("GET", reverse("evaluation_desk", args=[stock.call.reference, reference]), headers),)
    )


def ranking_page(stock: Stock) -> Iterator[Unit]:
    """Read the ranking, as the chair."""
    headers = headers_of(stock.chair)
    return itertools.repeat((Asked("GET", reverse("call_ranking", args=[stock.call.reference]), headers),))

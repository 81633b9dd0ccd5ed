"""Documents of opened envelopes, for those who judge them: shown where that is safe, else downloaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from procurement.models import Document
from procurement.models.working_copy import Told, plain_told
from procurement.queries.envelopes import demand_readable, open_document
from procurement.queries.findings import has_virus, words_for
from procurement.web.workspace import load_call
from workflow import clock

NO_FOLDER = re.compile(r"[/\\]")  # a name that leads elsewhere is only a name
# Types that a browser shows without running anything of theirs; the rest is downloaded.
SHOWN = {"application/pdf", "image/jpeg", "image/png"}
NOTHING_RUNS = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"


@require_GET
def document(request: HttpRequest, reference: str, file: UUID) -> HttpResponseBase:
    """Show a document in the browser when its type is safe to show; else download it."""
    return _answer(request, reference, file, inline=True)


@require_GET
def file(request: HttpRequest, reference: str, file: UUID) -> HttpResponseBase:
    """Download a document under the name its sender gave."""
    return _answer(request, reference, file, inline=False)


def _answer(request: HttpRequest, reference: str, file: UUID, *, inline: bool) -> HttpResponseBase:
    call = load_call(request, reference)
    found = (
        Document.objects.select_related("application__call__organisation", "requirement", "file")
        .filter(application__call=call, file_id=file)
        .first()
    )
    if found is None:
        raise Http404
    now = clock.now()
    if has_virus(found.findings):
        demand_readable(found, actor=request.user, now=now)  # before a word is said about it
    if warned := warning(request, found.findings, name=found.name, call=call):
        return warned
    content = begun(open_document(found, actor=request.user, now=now))
    return document_response(plain_told(found), content, inline=inline and not has_virus(found.findings))


def warning(request: HttpRequest, findings: Iterable[str], **context: Any) -> HttpResponse | None:
    """Return the page that stands before a file in which a virus scanner knows something; None for others, or once read."""
    if not has_virus(findings) or request.GET.get("despite"):
        return None
    context |= {"findings": words_for(findings), "file_url": f"{request.path}?despite=1"}
    return render(request, "procurement/document_warning.html", context)


def begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Read the first part now, so that a store that is away is told as such and not in the middle of an answer."""
    first = next(parts, b"")
    return chain([first], parts)


def document_response(found: Told, content: Iterator[bytes], *, inline: bool) -> StreamingHttpResponse:
    """Return a document as an answer that no browser takes for a page of this service."""
    shown = inline and found.media_type in SHOWN
    media_type = found.media_type if found.media_type in SHOWN else "application/octet-stream"
    response = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Length"] = str(found.size)
    response["Content-Disposition"] = content_disposition_header(not shown, NO_FOLDER.sub("_", found.name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = NOTHING_RUNS
    return response

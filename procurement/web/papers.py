"""The papers of a call: the list with digests, one in Word, one as words on a page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_safe

from procurement.enums import PaperKind
from procurement.models import Call, Paper
from procurement.queries.paper_words import blocks_of
from procurement.queries.visible_papers import Viewer, may_read, visible_papers
from procurement.web.public import word_file
from procurement.web.readings import note_if_auditor
from procurement.web.workspace import load_call, render_page
from workflow import storage

PER_PAGE = 100


@require_GET
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """List the papers this person may read, with state and digest."""
    call = load_call(request, reference)
    note_if_auditor(request, call, page="papers")
    shown = visible_papers(call, request.user)
    kinds = [(kind.value, kind.label) for kind in PaperKind if any(paper.kind == kind for paper in shown)]
    wanted = request.GET.get("kind", "")
    chosen = [paper for paper in shown if paper.kind == wanted] if wanted in dict(kinds) else shown
    context = {"page": Paginator(chosen, PER_PAGE).get_page(request.GET.get("page")), "kinds": kinds, "kind": wanted}
    return render_page(request, call, "procurement/papers.html", context, tab="papers")


@require_safe
def paper(request: HttpRequest, reference: str, paper: int) -> Any:
    """Give a paper in Word."""
    call = load_call(request, reference)
    found = _readable(call, request.user, paper)
    note_if_auditor(request, call, page=f"paper {found.pk}")
    return word_file(request, found)


@require_GET
def words(request: HttpRequest, reference: str, paper: int) -> HttpResponse:
    """Show the words of a paper on a page, for those without Word at hand."""
    call = load_call(request, reference)
    found = _readable(call, request.user, paper)
    if found.file is None:
        raise Http404
    note_if_auditor(request, call, page=f"paper {found.pk}")
    context = {"paper": found, "blocks": blocks_of(storage.read(found.file))}
    return render_page(request, call, "procurement/paper.html", context, tab="papers")


def _readable(call: Call, user: Any, number: int) -> Paper:
    found = get_object_or_404(call.papers.select_related("file", "application", "call"), pk=number)
    if not may_read(Viewer(call, user), found):
        raise Http404
    return found

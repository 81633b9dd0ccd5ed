"""What an applicant typed in a submission: a page to read, a file to keep for the worst case, a paper for the binder."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from procurement.enums import EnvelopeKind
from procurement.letters.registry import render_paper
from procurement.models import Application, Submission
from procurement.queries.forms import Typed, forms_file, typed_in
from procurement.queries.papers.forms_given import forms_facts
from procurement.web.own_application import load_own, render_own
from procurement.web.receipts import WORD, given_as_file, submission_of
from procurement.web.written import typed_parts

Sections = list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]


@require_GET
@never_cache
def page(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Show what was typed, as it was submitted; asks for the code."""
    own, submission, typed = _read(request, reference, number)
    context = {"submission": submission, "sections": _sections(own, typed)}
    return render_own(request, own, "application_forms.html", context)


@require_GET
def as_json(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Give the file that is held to the receipt, should the envelope ever not open."""
    _own, submission, typed = _read(request, reference, number)
    return given_as_file(forms_file(submission, typed), name=f"{number}.forms.json", media_type="application/json")


@require_GET
def as_word(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Give the same in Word: written now, and kept nowhere."""
    own, submission, typed = _read(request, reference, number)
    paper = forms_facts(submission, call=own.call, sections=_sections(own, typed), language=get_language() or "")
    return given_as_file(render_paper(paper=paper), name=f"{number}.forms.docx", media_type=WORD)


def _read(request: HttpRequest, reference: str, number: str) -> tuple[Application, Submission, list[Typed]]:
    own = load_own(request, reference)
    submission = submission_of(own, number)
    typed = typed_in(own, submission)
    if not typed:
        raise Http404  # an older code sealed it
    return own, submission, typed


def _sections(own: Application, typed: list[Typed]) -> Sections:
    names: dict[Any, str] = {
        EnvelopeKind.TECHNICAL: _("Technical envelope") if own.call.two_envelopes else _("Documents"),
        EnvelopeKind.FINANCIAL: _("Financial envelope"),
    }
    return [(names[one.kind], typed_parts(one.manifest.written, own.call)) for one in typed]

"""The opening of a call: its conditions, its session, its acts, and what came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import page_of
from accounts.second_factor import fresh_second_factor
from procurement import permissions as may
from procurement.actions.confirm_presence import confirm_presence
from procurement.actions.end_session import end_session
from procurement.actions.open_financial import open_financial
from procurement.actions.open_remaining import open_remaining
from procurement.actions.open_technical import open_technical
from procurement.actions.sign_paper import sign_paper
from procurement.actions.start_session import start_session
from procurement.enums import CallState, EnvelopeKind
from procurement.models import Call, OpeningSession, Paper
from procurement.queries.applicants import applications_visible_to, arrivals
from procurement.queries.opening import running_session
from procurement.queries.prices import opened_prices
from procurement.web.forms.opening import OpeningForm, RemarksForm, SessionForm, SignatureForm
from procurement.web.opening_page import opening_context
from procurement.web.readings import note_if_auditor
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused

OPEN = {EnvelopeKind.TECHNICAL: open_technical, EnvelopeKind.FINANCIAL: open_financial}


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose opening this person may look at."""
    return load_call(request, reference, tab="opening")


@require_GET
def opening(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the conditions of the next opening, or what was opened."""
    return _page(request, load(request, reference))


def _page(request: HttpRequest, call: Call, *, status: int = 200, **bound: Any) -> HttpResponse:
    context = opening_context(call, request.user, now=clock.now())
    context |= {"remarks": OpeningForm(), "signature": SignatureForm(), **bound}
    return render_page(request, call, "procurement/opening.html", context, tab="opening", status=status)


@require_POST
def session(request: HttpRequest, reference: str) -> HttpResponse:
    """Start the session of one kind of envelope."""
    call = load(request, reference)
    form = SessionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    start_session(call=call, kind=EnvelopeKind(form.cleaned_data["kind"]), actor=request.user, now=clock.now())
    messages.success(request, _("The session is running. The key holders were told to confirm their presence."))
    return redirect("call_opening", reference)


@require_POST
def presence(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm one's own presence in the running session."""
    call = load(request, reference)
    confirm_presence(session=_running(call), actor=request.user, now=clock.now())
    messages.success(request, _("Your presence is recorded."))
    return redirect("call_opening", reference)


@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End the running session without opening anything."""
    call = load(request, reference)
    form = RemarksForm(request.POST)
    remarks = form.cleaned_data["remarks"] if form.is_valid() else ""
    end_session(session=_running(call), actor=request.user, now=clock.now(), remarks=remarks)
    messages.success(request, _("The session has ended. Nothing was opened."))
    return redirect("call_opening", reference)


def _running(call: Call) -> OpeningSession:
    prices = (CallState.TECHNICAL_SIGNED, CallState.FINANCIAL_OPENED)
    kind = EnvelopeKind.FINANCIAL if call.state in prices else EnvelopeKind.TECHNICAL
    running = running_session(call, kind)
    if running is None:
        raise Http404
    return running


@require_POST
@fresh_second_factor
def technical(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the technical envelopes."""
    return _open(request, reference, EnvelopeKind.TECHNICAL, _("The technical envelopes are open."))


@require_POST
@fresh_second_factor
def financial(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the financial envelopes of those above the threshold."""
    return _open(request, reference, EnvelopeKind.FINANCIAL, _("The financial envelopes are open."))


@require_POST
@fresh_second_factor
def remaining(request: HttpRequest, reference: str) -> HttpResponse:
    """Open what an earlier session left closed."""
    call = load(request, reference)
    form = RemarksForm(request.POST)
    remarks = form.cleaned_data["remarks"] if form.is_valid() else ""
    open_remaining(call=call, actor=request.user, now=clock.now(), remarks=remarks)
    messages.success(request, _("What remained is open; the report is written again."))
    return redirect("call_opening", reference)


def _open(request: HttpRequest, reference: str, kind: EnvelopeKind, told: str) -> HttpResponse:
    call = load(request, reference)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _page(request, call, status=400, remarks=form)
    try:
        OPEN[kind](call=call, actor=request.user, now=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        return _page(request, load(request, reference), status=409, remarks=form, refused=refusal.reasons)
    messages.success(request, told)
    return redirect("call_opening", reference)


@require_GET
def applicants(request: HttpRequest, reference: str) -> HttpResponse:
    """List who applied, after the opening, to those who may know."""
    call = load_call(request, reference)
    if not may.see_applicants(call, request.user):
        raise Http404
    note_if_auditor(request, call, page="applicants")
    context = {"arrivals": arrivals(request.user, call=call), "readable": may.read_applications(call, request.user)}
    return render_page(request, call, "procurement/opening_applicants.html", context, tab="opening")


@require_GET
def prices(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the opened prices with their arithmetic done again."""
    call = load_call(request, reference)
    if not may.read_prices(call, request.user):
        raise Http404
    now = clock.now()
    note_if_auditor(request, call, page="prices")
    applications = applications_visible_to(request.user, call=call)
    context = {"prices": opened_prices(call, applications, now=now), "now": now}
    return render_page(request, call, "procurement/opening_prices.html", context, tab="opening")


@require_POST
def signature(request: HttpRequest, reference: str, paper: int) -> HttpResponse:
    """Sign a paper of the call for one's own seat."""
    call = load_call(request, reference)
    signed = get_object_or_404(Paper.objects.select_related("call", "file"), call=call, pk=paper)
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    sign_paper(paper=signed, actor=request.user, now=clock.now(), dissent=form.cleaned_data["dissent"])
    messages.success(request, _("Your signature is recorded with the digest of the paper."))
    return redirect(page_of(request))

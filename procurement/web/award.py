"""The award of a call: report, proposal, decision, withdrawal, and the end without one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.second_factor import fresh_second_factor
from procurement import permissions
from procurement.actions.decide_award import decide_award
from procurement.actions.declare_unsuccessful import declare_unsuccessful
from procurement.actions.propose_award import propose_award
from procurement.actions.return_proposal import return_proposal
from procurement.actions.withdraw_award import withdraw_award
from procurement.actions.write_evaluation_report import write_evaluation_report
from procurement.models import Call
from procurement.web.acts import button
from procurement.web.award_page import award_context
from procurement.web.forms.award import DecisionForm, ReportForm, WithdrawalForm
from procurement.web.forms.opening import SignatureForm
from procurement.web.forms.reason import ReasonForm
from procurement.web.readings import note_if_auditor
from procurement.web.tabs import may_open
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose award this person may look at now."""
    return load_call(request, reference, tab="award")


@require_GET
def award(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the way from the report to the archive, and what waits on this person."""
    call = load(request, reference)
    note_if_auditor(request, call, page="award")
    return _page(request, call)


def _page(request: HttpRequest, call: Call, *, status: int = 200, **bound: Any) -> HttpResponse:
    forms = {
        "written": ReportForm(),
        "decision": DecisionForm(),
        "returning": ReasonForm(auto_id="return_%s"),
        "withdrawal": WithdrawalForm(auto_id="withdraw_%s"),
        "signature": SignatureForm(),
    }
    context = {**award_context(call, request.user, now=clock.now()), **forms, **bound}
    return render_page(request, call, "procurement/award.html", context, tab="award", status=status)


def _again(request: HttpRequest, reference: str, refusal: Refused, **bound: Any) -> HttpResponse:
    """Draw the page again with what was typed and every reason."""
    return _page(request, load(request, reference), status=409, refused=refusal.reasons, **bound)


@require_POST
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Have the evaluation report written on the latest run."""
    call = load(request, reference)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, call, status=400, written=form)
    try:
        write_evaluation_report(call=call, **form.cleaned_data, actor=request.user, now=clock.now())
    except Refused as refusal:
        return _again(request, reference, refusal, written=form)
    messages.success(request, _("The report is being written; the evaluators were told to sign it."))
    return redirect("call_award", reference)


@require_POST
@fresh_second_factor
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose the first of the ranking."""
    call = load(request, reference)
    propose_award(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The award is proposed; the authority was told."))
    return redirect("call_award", reference)


@require_POST
@fresh_second_factor
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """Award, with reasons."""
    call = load(request, reference)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, call, status=400, decision=form)
    try:
        decide_award(call=call, reasons=form.cleaned_data["reasons"], actor=request.user, now=clock.now())
    except Refused as refusal:
        return _again(request, reference, refusal, decision=form)
    messages.success(request, _("The award is decided. Nothing has been sent: the letters come next."))
    return redirect("call_award", reference)


@require_POST
def returning(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the proposal back, with a reason."""
    call = load(request, reference)
    form = ReasonForm(request.POST, auto_id="return_%s")
    try:
        return_proposal(call=call, reason=form.text(), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _again(request, reference, refusal, returning=form)
    messages.success(request, _("The proposal went back to the committee with your reason."))
    return (
        redirect("call_award", reference)
        if may_open("award", Call.objects.get(pk=call.pk), request.user)
        else redirect("call_overview", reference)
    )


@require_POST
@fresh_second_factor
def withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an award back before the contract."""
    call = load(request, reference)
    form = WithdrawalForm(request.POST, auto_id="withdraw_%s")
    form.full_clean()
    try:
        withdraw_award(
            call=call, reason=form.text(), keep_winner=form.cleaned_data.get("keep_winner", False), actor=request.user,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _again(request, reference, refusal, withdrawal=form)
    messages.success(request, _("The award is withdrawn; those still in the race were ranked again."))
    return redirect("call_overview", reference)


@require_http_methods(["GET", "POST"])
def unsuccessful(request: HttpRequest, reference: str) -> HttpResponse:
    """End the call because nobody is left: a page that asks for the reason and says what follows."""
    call = load_call(request, reference)
    if not permissions.declare_unsuccessful(call, request.user):
        raise Http404
    form, refused = ReasonForm(request.POST or None), []
    if request.method == "POST":
        try:
            declare_unsuccessful(call=call, reason=form.text(), actor=request.user, now=clock.now())
        except Refused as refusal:
            refused = refusal.reasons
        else:
            messages.success(request, _("The call is declared unsuccessful. The officers write the letters."))
            return redirect("call_overview", reference)
    act = button(
        call, "declare_unsuccessful", request.user, now=clock.now(), url="", label=_("Declare the call unsuccessful")
    )
    context = {"form": form, "refused": refused, "act": act}
    return render_page(
        request, call, "procurement/award_unsuccessful.html", context, tab="overview", status=409 if refused else 200
    )

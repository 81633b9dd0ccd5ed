"""The compliance check: the grid, one application's documents, the request to complete, the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from procurement.actions.accept_items import accept_items
from procurement.actions.ask_completion import ask_completion
from procurement.actions.check_item import check_item
from procurement.actions.decide_compliance import decide_compliance
from procurement.actions.start_compliance import start_compliance
from procurement.actions.start_evaluation import start_evaluation
from procurement.actions.take_back_decision import take_back_decision
from procurement.enums import Verdict
from procurement.models import Application, Call
from procurement.queries.compliance import checked_applications
from procurement.web.compliance_page import application_context, grid_context, item_rows
from procurement.web.forms.compliance import COMPLIANT, CompletionForm, DecisionForm, ItemForm
from procurement.web.forms.reason import ReasonForm
from procurement.web.readings import note_if_auditor
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose compliance check this person leads or controls."""
    return load_call(request, reference, tab="compliance")


def load_application(request: HttpRequest, reference: str, application: str) -> Application:
    """Return one opened application of that call."""
    call = load(request, reference)
    found = get_object_or_404(checked_applications(call), reference=application)
    found.call = call
    return found


@require_GET
def grid(request: HttpRequest, reference: str) -> HttpResponse:
    """Show applications by required documents, the decisions, and the way to the evaluation."""
    call = load(request, reference)
    note_if_auditor(request, call, page="compliance")
    context = grid_context(call, request.user, now=clock.now())
    return render_page(request, call, "procurement/compliance.html", context, tab="compliance")


@require_POST
def beginning(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the compliance check."""
    start_compliance(call=load_call(request, reference), actor=request.user, now=clock.now())
    messages.success(request, _("The compliance check has begun. What is missing is marked already."))
    return redirect("call_compliance", reference)


@require_POST
def evaluation(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand the compliant applications to the evaluators."""
    start_evaluation(call=load(request, reference), actor=request.user, now=clock.now())
    messages.success(request, _("The evaluators have their sheets. The compliance grid is being written."))
    return redirect("call_compliance", reference)


@require_GET
def application(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Show one application's documents, verdicts, request and decision."""
    found = load_application(request, reference, application)
    note_if_auditor(request, found.call, page=f"compliance {found.reference}")
    return _page(request, found)


def _page(request: HttpRequest, found: Application, *, status: int = 200, **bound: Any) -> HttpResponse:
    context = application_context(found, request.user, now=clock.now()) | bound
    context["rows"] = item_rows(context["items"], context["documents"], bound.get("item_forms"))
    return render_page(
        request, found.call, "procurement/compliance_application.html", context, tab="compliance", status=status
    )


@require_POST
def items(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Keep the verdicts that changed; those refused stay on the page with what was typed."""
    found = load_application(request, reference, application)
    forms = {
        item.requirement.code: ItemForm(request.POST, prefix=item.requirement.code)
        for item in found.compliance_items.all()
    }
    refused = False
    for item in found.compliance_items.all():
        form = forms[item.requirement.code]
        if not form.is_valid():
            refused = True
        elif form.cleaned_data != {"verdict": item.verdict, "note": item.note}:
            refused |= not _checked(item, form, actor=request.user)
    if refused:
        return _page(request, load_application(request, reference, application), status=409, item_forms=forms)
    messages.success(request, _("The check is saved."))
    return redirect("compliance_application", reference, application)


def _checked(item: Any, form: ItemForm, *, actor: Any) -> bool:
    verdict = Verdict(form.cleaned_data["verdict"])
    try:
        check_item(item=item, verdict=verdict, note=form.cleaned_data["note"], actor=actor, now=clock.now())
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("note", reason.sentence)
        return False
    return True


@require_POST
def acceptance(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Find every document still to check in order."""
    found = load_application(request, reference, application)
    accept_items(application=found, actor=request.user, now=clock.now())
    messages.success(request, _("Every document that was still to check is in order."))
    return redirect("compliance_application", reference, application)


@require_POST
def completion(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Ask the applicant, once, for what is missing."""
    found = load_application(request, reference, application)
    context = application_context(found, request.user, now=clock.now())
    form = CompletionForm(request.POST, askable=context["askable"], hours=found.call.completion_hours)
    if not form.is_valid():
        return _page(request, found, status=400, completion=form)
    try:
        ask_completion(
            application=found, requirements=form.chosen, message=form.cleaned_data["message"],
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, found, status=409, completion=_refused(form, refusal))
    messages.success(request, _("The request is sent."))
    return redirect("compliance_application", reference, application)


@require_POST
def decision(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Decide on one application."""
    found = load_application(request, reference, application)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=400, decision=form)
    compliant = form.cleaned_data["decision"] == COMPLIANT
    try:
        decide_compliance(
            application=found,
            compliant=compliant,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=clock.now(),
        )
    except Refused as refusal:
        return _page(request, found, status=409, decision=_refused(form, refusal))
    messages.success(request, _("The decision on %(label)s is recorded.") % {"label": found.label})
    return redirect("call_compliance", reference)


@require_POST
def reconsideration(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Take the decision on one application back, with a reason."""
    found = load_application(request, reference, application)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=400, reconsideration=form)
    try:
        take_back_decision(application=found, reason=form.cleaned_data["reason"], actor=request.user, now=clock.now())
    except Refused as refusal:
        return _page(request, found, status=409, reconsideration=_refused(form, refusal))
    messages.success(request, _("The decision on %(label)s is taken back. Decide again.") % {"label": found.label})
    return redirect("compliance_application", reference, application)


def _refused(form: Any, refusal: Refused) -> Any:
    for reason in refusal.reasons:
        form.add_error(None, reason.sentence)
    return form

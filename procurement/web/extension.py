"""A later deadline after an incident: the evidence of the service's own log, the proposal of one, the decision of another."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.second_factor import fresh_second_factor
from procurement import permissions
from procurement.actions.extend_deadline import (
    drop_extension,
    extend_deadline,
    pending_extension,
    propose_extension,
)
from procurement.models import Call
from procurement.models.facts.extension import extension_facts, faults_for
from procurement.rules import extension as rules
from procurement.web.acts import reasons_against
from procurement.web.forms.reason import ReasonForm
from procurement.web.forms.resumption import LaterDeadlineForm
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.availability import lost_time
from workflow.refusals import Refused
from workflow.templatetags.durations import length_text
from workflow.templatetags.fields import errors_of


@require_http_methods(["GET", "POST"])
def extension(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the log of the service says, and propose; or read the proposal, for those who decide or proposed."""
    call = load_call(request, reference)
    now = clock.now()
    if request.method != "POST":
        if not may_look(call, request.user):
            raise Http404
        return _page(request, call, None, now=now)
    form = LaterDeadlineForm(call, request.POST, least=_least(call, now=now))
    if not form.is_valid():
        return _page(request, call, form, now=now, status=422)
    try:
        deadline = form.cleaned_data["deadline"]
        propose_extension(call=call, new_deadline=deadline, reason=form.text(), actor=request.user, now=now)
    except Refused as refusal:
        return _page(request, call, form, now=now, refused=refusal.reasons)
    messages.success(request, _("Another person was asked to decide. The deadline has not changed yet."))
    return redirect("call_extension", call.reference)


@require_POST
@fresh_second_factor
def extension_decision(request: HttpRequest, reference: str) -> HttpResponse:
    """Move the deadline as another person proposed."""
    call = load_call(request, reference)
    extend_deadline(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The deadline has moved; everybody who prepares an application is being told."))
    return redirect("call_overview", call.reference)


@require_POST
def extension_end(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline the proposal, or take it back."""
    call = load_call(request, reference)
    form = ReasonForm(request.POST)
    now = clock.now()
    try:
        drop_extension(call=call, reason=form.text(), actor=request.user, now=now)
    except Refused as refusal:
        return _page(request, call, None, now=now, refused=refusal.reasons, dropping=form)
    messages.success(request, _("The deadline stays as it was."))
    return redirect("call_overview", call.reference)


def may_look(call: Call, user: Any) -> bool:
    """Tell whether the page exists for a person: while a published call collects, or waits for its opening."""
    works = permissions.propose_extension(call, user) or permissions.extend_deadline(call, user)
    return works and call.state in ("published", "closed")


def _least(call: Call, *, now: datetime) -> datetime:
    """Return the first deadline that gives the lost time back, up to the next full quarter of an hour."""
    found = faults_for(call, now=now)
    facts = extension_facts(call, now=now, new_deadline=None, lost=lost_time(found), pending=None)
    least, quarter = rules.least_deadline(facts), timedelta(minutes=15)
    over = (least - datetime.min.replace(tzinfo=least.tzinfo)) % quarter
    return least + (quarter - over if over else timedelta(0))


def _page(
    request: HttpRequest,
    call: Call,
    form: Any,
    *,
    now: datetime,
    refused: Any = (),
    status: int = 0,
    dropping: Any = None,
) -> HttpResponse:
    pending, found = pending_extension(call), faults_for(call, now=now)
    facts = extension_facts(call, now=now, new_deadline=None, lost=lost_time(found), pending=pending)
    bound = [one for one in (form, dropping) if one is not None]
    context = {
        "form": form or LaterDeadlineForm(call, None, least=_least(call, now=now)),
        "dropping": dropping or ReasonForm(),
        "errors": errors_of([refused, *bound]),
        "pending": pending,
        "evidence": pending.evidence_lines() if pending else [vars(one) for one in found],
        "lost_text": length_text(pending.lost if pending else facts.lost),
        "proposes": permissions.propose_extension(call, request.user),
        "against": reasons_against(rules.ASK, facts),
        "decides": permissions.decide_extension(call, request.user),
        "approver": permissions.extend_deadline(call, request.user),
        "drops": permissions.drop_extension(call, request.user),
    }
    status = status or (409 if refused else 200)
    return render_page(request, call, "procurement/call_extension.html", context, tab="overview", status=status)

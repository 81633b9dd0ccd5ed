"""Serious acts, each a page that asks the reason and says who will be told: suspend, resume, cancel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import Role
from accounts.second_factor import fresh_second_factor
from procurement import permissions
from procurement.actions.cancel_call import ask_cancellation, cancel_call, drop_cancellation
from procurement.actions.suspend_call import resume_call, suspend_call
from procurement.models import Call
from procurement.web.acts import button
from procurement.web.forms.reason import ReasonForm
from procurement.web.forms.resumption import LaterDeadlineForm, least_deadline
from procurement.web.workspace import load_call, render_page
from workflow import clock, transitions
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of


@require_http_methods(["GET", "POST"])
def suspension(request: HttpRequest, reference: str) -> HttpResponse:
    """Suspend the collection."""
    call = load_call(request, reference)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        _only_where_possible(request, call, "suspend")
        return _page(request, call, "call_suspension", form)
    try:
        suspend_call(call=call, reason=form.text(), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _page(request, call, "call_suspension", form, refused=refusal.reasons)
    messages.success(request, _("The call is suspended; everybody who prepares an application is being told."))
    return redirect("call_overview", call.reference)


@require_http_methods(["GET", "POST"])
def resumption(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a later deadline."""
    call = load_call(request, reference)
    now = clock.now()
    form = LaterDeadlineForm(
        call, request.POST if request.method == "POST" else None, least=least_deadline(call, now=now)
    )
    if request.method != "POST":
        _only_where_possible(request, call, "resume")
        return _page(request, call, "call_resumption", form)
    if not form.is_valid():
        return _page(request, call, "call_resumption", form, status=422)
    try:
        given = form.cleaned_data
        resume_call(call=call, new_deadline=given["deadline"], reason=form.text(), actor=request.user, now=now)
    except Refused as refusal:
        return _page(request, call, "call_resumption", form, refused=refusal.reasons)
    messages.success(request, _("The call goes on; everybody who prepares an application is being told."))
    return redirect("call_overview", call.reference)


@require_http_methods(["GET", "POST"])
def cancellation(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the cancellation; or read the request, for those who decide or asked."""
    call = load_call(request, reference)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        if not (permissions.is_officer(call, request.user) or permissions.has_role(call, request.user, Role.AUTHORITY)):
            raise Http404
        return _cancellation_page(request, call, form)
    try:
        ask_cancellation(call=call, reason=form.text(), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _cancellation_page(request, call, form, refused=refusal.reasons)
    messages.success(request, _("The authority was asked to decide."))
    return redirect("call_overview", call.reference)


@require_POST
@fresh_second_factor
def cancellation_decision(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel the call for the reason another person gave."""
    call = load_call(request, reference)
    cancel_call(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The call is cancelled."))
    return redirect("call_overview", call.reference)


@require_POST
def cancellation_end(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline the request, or take it back."""
    call = load_call(request, reference)
    form = ReasonForm(request.POST)
    try:
        drop_cancellation(call=call, reason=form.text(), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _cancellation_page(request, call, form, refused=refusal.reasons)
    messages.success(request, _("The call goes on."))
    return redirect("call_overview", call.reference)


def _only_where_possible(request: HttpRequest, call: Call, name: str) -> None:
    if not transitions.may(call, name, actor=request.user):
        raise Http404


def _cancellation_page(request: HttpRequest, call: Call, form: ReasonForm, *, refused: Any = ()) -> HttpResponse:
    pending = getattr(call, "cancellation", None)
    now = clock.now()
    more = {
        "pending": pending,
        "asks": permissions.ask_cancellation(call, request.user),
        "drops": permissions.drop_cancellation(call, request.user),
        "decides": permissions.has_role(call, request.user, Role.AUTHORITY),
        "cancel": button(call, "cancel", request.user, now=now, url="", label=_("Cancel the call")),
    }
    return _page(request, call, "call_cancellation", form, refused=refused, **more)


def _page(
    request: HttpRequest, call: Call, name: str, form: Any, *, refused: Any = (), status: int = 0, **more: Any
) -> HttpResponse:
    context = {"form": form, "errors": errors_of([refused, form] if form.is_bound else [refused]), **more}
    status = status or (409 if refused else 200)
    return render_page(request, call, f"procurement/{name}.html", context, tab="overview", status=status)

"""A late application: one person asks with a reason that it be opened, another decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.second_factor import fresh_second_factor
from procurement import permissions as may
from procurement.actions.decide_late import ask_late_opening, decide_late
from procurement.models import Application, Call, LateDecision
from procurement.web.forms.committee import EndForm
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of


def _load(request: HttpRequest, reference: str, label: str) -> tuple[Call, Application]:
    """Return a late application to the two who may decide on it, and to the secretary; to others it is not there."""
    call = load_call(request, reference)
    late = call.applications.filter(label__iexact=label).exclude(label="").first()
    allowed = may.decide_late(call, request.user) or may.start_opening(call, request.user)
    known = late is not None and (late.state == "late" or LateDecision.objects.filter(application=late).exists())
    if late is None or not known or not allowed or not call.opened_at:
        raise Http404
    return call, late


@require_http_methods(["GET", "POST"])
def late(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Show where the decision stands; ask for the opening with a reason."""
    call, application = _load(request, reference, label)
    form = EndForm(request.POST or None)
    if request.method != "POST":
        return _page(request, call, application, form)
    if not form.is_valid():
        return _page(request, call, application, form, status=422)
    try:
        ask_late_opening(
            application=application, reason=form.cleaned_data["reason"], actor=request.user, now=clock.now()
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, call, application, form, refused=refusal.reasons, status=409)
    messages.success(request, _("The request is recorded. Another person of your organisation decides on it."))
    return redirect("call_late", reference, application.label)


@require_POST
@fresh_second_factor
def decision(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Agree to the request of another person, or decline it."""
    call, application = _load(request, reference, label)
    agreed = request.POST.get("answer") == "yes"
    decide_late(application=application, agreed=agreed, actor=request.user, now=clock.now())
    told = _("Decided: the next session opens it.") if agreed else _("Declined: it stays sealed.")
    messages.success(request, told)
    return redirect("call_opening", call.reference)


def _page(
    request: HttpRequest, call: Call, application: Application, form: EndForm, *, refused: Any = (), status: int = 200
) -> HttpResponse:
    decided = LateDecision.objects.filter(application=application).select_related("asked_by", "decided_by").first()
    submission = application.submissions.filter(withdrawn_at=None).first()
    context = {
        "form": form,
        "errors": errors_of([refused, form] if form.is_bound else [refused]),
        "application": application,
        "submission": submission,
        "decision": decided,
        "may_ask": decided is None and may.decide_late(call, request.user),
        "may_decide": decided is not None
        and decided.decided_at is None
        and decided.asked_by_id != request.user.pk
        and may.decide_late(call, request.user),
    }
    return render_page(request, call, "procurement/call_late.html", context, tab="opening", status=status)

"""The second person: the whole call on one page, approval or return, then publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.second_factor import fresh_second_factor
from procurement import permissions
from procurement.actions.approve_call import approve_call
from procurement.actions.publish_call import publish_call
from procurement.actions.return_call import return_call
from procurement.actions.send_to_review import send_to_review
from procurement.enums import CallState, PaperKind
from procurement.models import Call
from procurement.models.facts.publication import RULE_NAMES
from procurement.rules import presets
from procurement.web.acts import button
from procurement.web.draft_access import load_draft
from procurement.web.draft_parts import linked
from procurement.web.forms.reason import ReasonForm
from procurement.web.forms.rules_shown import rule_shown
from procurement.web.notice_page import notice_context
from procurement.web.public import word_file
from procurement.web.workspace import render_page
from workflow import clock, transitions
from workflow.models import AuditEvent
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of

S = CallState


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything that is to be approved; a POST sends the draft there."""
    call = load_draft(request, reference)
    if request.method == "POST":
        send_to_review(call=call, actor=request.user, now=clock.now())
        messages.success(request, _("The call was sent to the approvers."))
        return redirect("call_overview", call.reference)
    return _page(request, call, ReasonForm())


@require_POST
def return_to_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Send back to the draft, with the reason; one that is too short comes back with its text."""
    call = load_draft(request, reference)
    form = ReasonForm(request.POST)
    try:
        return_call(call=call, reason=form.text(), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _page(request, Call.objects.get(pk=call.pk), form, refused=refusal.reasons, status=409)
    messages.success(request, _("The call is a draft again; its drafter was told why."))
    return redirect("call_overview", call.reference)


@require_POST
def approval(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve: the rules are frozen."""
    call = load_draft(request, reference)
    approve_call(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The call is approved and its rules are frozen. The notice is being written in Word."))
    return redirect("call_overview", call.reference)


@require_POST
@fresh_second_factor
def publication(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish now."""
    call = load_draft(request, reference)
    publish_call(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The call is published."))
    return redirect("call_overview", call.reference)


@require_safe
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the notice as the public will see it."""
    call = load_draft(request, reference)
    return render_page(
        request, call, "procurement/draft_preview.html", notice_context(call, now=clock.now()), tab="draft"
    )


@require_safe
def notice_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the notice in Word to those who work on the call, before and after its publication."""
    call = load_draft(request, reference)
    papers = call.papers.filter(kind=PaperKind.NOTICE).select_related("file")
    return word_file(request, papers.order_by("-number").first())


def notice_tab(request: HttpRequest, call: Call) -> HttpResponse:
    """Show the notice to people who do not write it, or once it is no longer written."""
    return _page(request, call, ReasonForm())


def _page(request: HttpRequest, call: Call, form: ReasonForm, *, refused: Any = (), status: int = 200) -> HttpResponse:
    now = clock.now()
    approve = button(
        call,
        "approve",
        request.user,
        now=now,
        url=reverse("call_approval", args=[call.reference]),
        label=_("Approve the call"),
    )
    context = {
        **notice_context(call, now=now),
        "approve": approve,
        "approve_objections": linked(call, approve.objections),
        "returns": transitions.may(call, "return_to_draft", actor=request.user),
        "drafted_by_me": call.state == S.IN_REVIEW
        and not approve.permitted
        and permissions.has_role(call, request.user, "approver"),
        "form": form,
        "errors": errors_of([refused]),
        "departures": departures(call),
        "members": call.members.filter(ended_at=None).select_related("user", "key"),
        "invitations": call.seat_invitations.filter(taken_at=None, withdrawn_at=None),
        "notice": call.papers.filter(kind=PaperKind.NOTICE).select_related("file").order_by("-number").first(),
    }
    return render_page(request, call, "procurement/draft_review.html", context, tab="draft", status=status)


def departures(call: Call) -> list[dict[str, Any]]:
    """Return what the call changes in its rule set, with the usual value, its own and the reason."""
    shares = call.preset != "points"
    reasons = call.rules.get("reasons") or {}
    return [
        {
            "name": _(RULE_NAMES.get(key, key)),
            "usual": rule_shown(key, usual, shares=shares),
            "here": rule_shown(key, here, shares=shares),
            "reason": reasons.get(key, ""),
        }
        for key, (usual, here) in presets.changes(call.rules).items()
    ]


def last_return(call: Call) -> str:
    """Return the reason for which the call came back last, empty when it never did or was sent again since."""
    moves = ("return_to_draft", "send_to_review")
    event = AuditEvent.objects.filter(scope=call.reference, act__in=moves, outcome="done").order_by("-id").first()
    return str(event.details.get("reason", "")) if event and event.act == "return_to_draft" else ""

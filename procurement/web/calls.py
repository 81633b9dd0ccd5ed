"""Calls of the people who run and judge them: the list, a new one, and where each of them is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Role
from accounts.queries import memberships_of
from procurement import permissions
from procurement.actions.copy_call import copy_call
from procurement.actions.draft_call import draft_call
from procurement.enums import CallState
from procurement.models import Call
from procurement.queries.calls import calls_worked_on_by
from procurement.queries.log import names_of, visible_events
from procurement.queries.public import search
from procurement.web.act_names import name_of
from procurement.web.acts import button
from procurement.web.extension import may_look
from procurement.web.forms.new_call import NewCallForm, free_reference
from procurement.web.keys_page import drill_shown, is_near
from procurement.web.next_step import CLOCK, Step, conditions_of, page_of, step_of, waits_on
from procurement.web.tabs import may_open
from procurement.web.workspace import load_call, render_page
from workflow import clock, transitions
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of

ON_A_PAGE = 30
OF_MACHINES = ("write_paper", "store_paper")  # they follow from other acts
LAST_ACTS = 6
FEW = 8  # conditions that are all shown
S = CallState


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """List the calls that this person runs, checks or judges."""
    mine = calls_worked_on_by(request.user).defer("terms", "frozen", "draft")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    shown = search(mine, text)
    shown = shown.filter(state=state) if state in S.values else shown
    context = {
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": S.choices,
        "text": text,
        "drafts": drafting_organisations(request.user),
        "now": clock.now(),
    }
    return render(request, "procurement/call_list.html", context)


def drafting_organisations(user: Any) -> list[Any]:
    """Return the organisations for which a person may draft."""
    return [seat.organisation for seat in memberships_of(user).filter(role=Role.OFFICER)]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a call, from nothing or from an earlier one."""
    organisations = drafting_organisations(request.user)
    if not organisations:
        raise Http404
    sources = calls_worked_on_by(request.user).filter(organisation__in=organisations)
    form = NewCallForm(organisations, sources, request.POST or None, initial=_first(request, organisations))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("call_draft", _begin(request, form).reference)
        except Refused as refusal:
            return _new_page(request, form, refused=refusal.reasons, status=409)
    return _new_page(request, form, status=422 if form.errors else 200)


def _first(request: HttpRequest, organisations: list[Any]) -> dict[str, Any]:
    first = organisations[0]
    return {
        "reference": free_reference(first, now=clock.now()),
        "organisation": first.pk,
        "copied": request.GET.get("copy", ""),
    }


def _begin(request: HttpRequest, form: NewCallForm) -> Call:
    given, now = form.cleaned_data, clock.now()
    if given["copied"]:
        return copy_call(source=given["copied"], reference=given["reference"], actor=request.user, now=now)
    return draft_call(
        organisation=given["organisation"], reference=given["reference"], kind=given["kind"],
        title={given["language"]: given["title"]}, language=given["language"], preset=given["preset"],
        actor=request.user, now=now,
    )  # fmt: skip


def _new_page(request: HttpRequest, form: NewCallForm, *, refused: Any = (), status: int = 200) -> HttpResponse:
    errors = errors_of([refused, form] if form.is_bound else [refused])
    return render(request, "procurement/call_new.html", {"form": form, "errors": errors}, status=status)


@require_safe
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where a call is: its next step with the conditions, what this person can do, and the last acts."""
    call = load_call(request, reference)
    now, user = clock.now(), request.user
    step = step_of(call)
    context = {
        "now": now,
        "step": step,
        "step_url": page_of(call, step) if step else "",
        "step_due": getattr(call, step.due) if step and step.due else None,
        "by_clock": bool(step and step.whom is CLOCK),
        **_conditions(call, step, user, now=now),
        "acts": acts_of(call, user, now=now),
        "events": last_acts(call, user),
        "reads_log": may_open("log", call, user),
        "sealed": call.published_at is not None and call.opened_at is None,
        "serious": serious_acts(call, user),
        "drill": drill_shown(call, user, now=now) if is_near(call, now=now) else None,
        "seat": call.members.filter(user=user, ended_at=None).select_related("key").first(),
    }
    return render_page(request, call, "procurement/call_overview.html", context, tab="overview")


def _conditions(call: Call, step: Step | None, user: Any, *, now: datetime) -> dict[str, Any]:
    """Return whether the step waits on this person, and its conditions; of many, those missing, and how many are met."""
    found = conditions_of(call, step, user, now=now) if step else []
    mine = bool(step and waits_on(call, step, user, found))
    missing = [condition for condition in found if not condition.met]
    if len(found) <= FEW:
        return {"mine": mine, "conditions": found, "met": 0}
    return {"mine": mine, "conditions": missing, "met": len(found) - len(missing)}


def acts_of(call: Call, user: Any, *, now: datetime) -> list[Any]:
    """Return the buttons of this room that belong to this person in the present state."""
    found = [("publish", "call_publication", _("Publish the call now"))]
    buttons = [
        button(call, name, user, now=now, url=reverse(page, args=[call.reference]), label=label)
        for name, page, label in found
    ]
    return [each for each in buttons if each.permitted]


def serious_acts(call: Call, user: Any) -> list[tuple[str, str]]:
    """Return the acts that have a page of their own: suspend, move the deadline, take back, cancel."""
    rows = [
        (transitions.may(call, "suspend", actor=user), "call_suspension", _("Suspend the call")),
        (transitions.may(call, "resume", actor=user), "call_resumption", _("Resume the call")),
        (may_look(call, user), "call_extension", _("Move the deadline after an incident")),
        (_takes_back(call, user), "call_review", _("Take back to the draft")),
        (_cancels(call, user), "call_cancellation", _("Cancel the call")),
    ]
    return [(label, reverse(page, args=[call.reference])) for allowed, page, label in rows if allowed]


def _takes_back(call: Call, user: Any) -> bool:
    return call.state in (S.IN_REVIEW, S.APPROVED) and permissions.return_call(call, user)


def _cancels(call: Call, user: Any) -> bool:
    running = call.state not in (S.CONTRACTED, S.ARCHIVED, S.UNSUCCESSFUL, S.CANCELLED)
    return running and (permissions.ask_cancellation(call, user) or permissions.has_role(call, user, Role.AUTHORITY))


def last_acts(call: Call, user: Any) -> list[dict[str, Any]]:
    """Return the last acts that this person may read."""
    acts = visible_events(call, user).filter(outcome="done").exclude(act__in=OF_MACHINES)
    events = list(acts[:LAST_ACTS])
    names = names_of(events, call)
    return [
        {"at": event.at, "act": name_of(event.act, subject=event.subject_type), "by": _by(event, names)}
        for event in events
    ]


def _by(event: Any, names: dict[int, str]) -> str:
    """Name who acted; the labels of chair and secretary are words to translate."""
    name = names.get(event.actor_id or 0, "")
    return _(name) if name else _("clock")

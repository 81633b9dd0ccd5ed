"""The ranking of a call: run it, read it down to the marks, check it, draw lots, exclude."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from procurement import permissions
from procurement.actions.exclude_application import exclude_application
from procurement.actions.rank_applications import rank_again, rank_applications
from procurement.actions.record_draw import record_draw
from procurement.enums import CallState
from procurement.models import Call
from procurement.queries.out_of_race import out_of_race
from procurement.rules.exclusion import BEFORE_THE_PROPOSAL
from procurement.web.acts import button
from procurement.web.forms.award import DrawForm, ExclusionForm
from procurement.web.forms.reason import ReasonForm
from procurement.web.ranking_page import ranking_context
from procurement.web.readings import note_if_auditor
from procurement.web.tabs import may_open
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused

IN_RACE = ("compliant", "passed", "price_opened", "ranked")


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose ranking this person may read now."""
    return load_call(request, reference, tab="ranking")


@require_GET
def ranking(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the latest run, or an earlier one, with every number opened down to the marks."""
    call = load(request, reference)
    note_if_auditor(request, call, page="ranking")
    return _page(request, call)


def _page(request: HttpRequest, call: Call, *, status: int = 200, **bound: Any) -> HttpResponse:
    now = clock.now()
    asked = {"number": request.GET.get("run", ""), "of": request.GET.get("of", ""), "page": request.GET.get("page", "")}
    context = {"now": now, **ranking_context(call, **asked), **_acts(request, call, now=now)}
    if context["run"]:
        context["out"] = out_of_race(call, now=now)
    if context.get("ties") and context["leads"]:
        context["draw"] = DrawForm(tie=context["ties"][0])
    return render_page(request, call, "procurement/ranking.html", {**context, **bound}, tab="ranking", status=status)


def _acts(request: HttpRequest, call: Call, *, now: Any) -> dict[str, Any]:
    leads = call.state == CallState.RANKED and permissions.lead_committee(call, request.user)
    args = [call.reference]
    return {
        "leads": leads,
        "rank": button(
            call, "rank", request.user, now=now, url=reverse("ranking_run", args=args), label=_("Rank the applications")
        ),
        "may_exclude": call.state in BEFORE_THE_PROPOSAL and permissions.lead_committee(call, request.user),
        "again": ReasonForm(auto_id="again_%s") if leads else None,
        "may_report": may_open("award", call, request.user),
    }


@require_POST
def run(request: HttpRequest, reference: str) -> HttpResponse:
    """Rank for the first time."""
    call = load(request, reference)
    rank_applications(call=call, actor=request.user, now=clock.now())
    messages.success(request, _("The applications are ranked; the calculation is stored with its digest."))
    return redirect("call_ranking", reference)


@require_POST
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Rank anew, with a reason."""
    call = load(request, reference)
    form = ReasonForm(request.POST, auto_id="again_%s")
    try:
        rank_again(call=call, reason=form.text(), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _page(request, load(request, reference), status=409, again=form, refused=refusal.reasons)
    messages.success(request, _("Everybody was computed again; the earlier calculation is kept."))
    return redirect("call_ranking", reference)


@require_POST
def draw(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a drawing of lots that people held."""
    call = load(request, reference)
    latest = call.engine_runs.order_by("-number").first()
    tie = latest.result["ties"][0] if latest and latest.result["ties"] else []
    form = DrawForm(request.POST, tie=tie)
    if not form.is_valid():
        return _page(request, call, status=400, draw=form)
    try:
        record_draw(call=call, order=form.order, held=form.cleaned_data["held"], actor=request.user, now=clock.now())
    except Refused as refusal:
        return _page(request, load(request, reference), status=409, draw=form, refused=refusal.reasons)
    messages.success(request, _("The drawing is recorded and the applications are ranked with it."))
    return redirect("call_ranking", reference)


@require_http_methods(["GET", "POST"])
def exclusion(request: HttpRequest, reference: str) -> HttpResponse:
    """Exclude an application: a page that asks for the reason and says what follows."""
    call = load_call(request, reference)
    if not permissions.lead_committee(call, request.user) or call.state not in BEFORE_THE_PROPOSAL:
        raise Http404
    labels = list(call.applications.filter(state__in=IN_RACE).order_by("id").values_list("label", flat=True))
    form = ExclusionForm(
        request.POST or None, labels=labels, initial={"application": request.GET.get("application", "")}
    )
    if request.method == "POST" and form.is_valid():
        chosen = get_object_or_404(call.applications, label=form.cleaned_data["application"])
        try:
            exclude_application(
                application=chosen, reason=form.cleaned_data["reason"], actor=request.user, now=clock.now()
            )
        except Refused as refusal:
            return _exclusion(request, call, form, status=409, refused=refusal.reasons)
        messages.success(request, _("%(label)s is excluded; the reason is recorded.") % {"label": chosen.label})
        return redirect("call_ranking" if may_open("ranking", call, request.user) else "call_overview", reference)
    return _exclusion(request, call, form, status=400 if form.errors else 200)


def _exclusion(
    request: HttpRequest, call: Call, form: ExclusionForm, *, status: int, refused: Any = ()
) -> HttpResponse:
    context = {"form": form, "refused": refused, "ranked": call.state == CallState.RANKED}
    return render_page(request, call, "procurement/ranking_exclusion.html", context, tab="ranking", status=status)


@require_GET
def problem(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give the inputs of a run, as `manage.py rank` reads them."""
    call = load(request, reference)
    chosen = get_object_or_404(call.engine_runs, number=number)
    return _json(chosen.problem, f"{call.reference}-ranking-{number}-problem.json")


@require_GET
def record(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give the whole record of a run: inputs, lots drawn, outputs and digest."""
    call = load(request, reference)
    one = get_object_or_404(call.engine_runs, number=number)
    written = {
        "call": call.reference, "number": one.number, "reason": one.reason, "ran_at": one.ran_at.isoformat(),
        "engine": one.engine, "rules_version": one.rules_version, "rules_sha256": call.rules_sha256,
        "problem": one.problem, "draws": one.draws, "result": one.result, "sha256": one.sha256,
    }  # fmt: skip
    return _json(written, f"{call.reference}-ranking-{number}-record.json")


def _json(content: Any, name: str) -> HttpResponse:
    response = JsonResponse(content, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

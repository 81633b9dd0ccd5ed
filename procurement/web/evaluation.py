"""Score sheets of a call: one's own for an evaluator, how far everybody is for those who lead; one sheet and its versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from procurement import permissions as may
from procurement.actions.disclose_marks import start_consensus
from procurement.actions.reopen_sheet import reopen_sheet
from procurement.enums import CallState, Seat, SheetState, Stage
from procurement.models import Call, ScoreSheet
from procurement.queries.kept_marks import counts_consensus
from procurement.queries.sheets import (
    asked_criteria,
    expected_applications,
    expected_from,
    own_sheets,
    progress_of,
    sheets_visible_to,
    stage_at_work,
    tallies,
)
from procurement.web.acts import button
from procurement.web.consensus_page import stages_shared
from procurement.web.criteria_rows import groups_of
from procurement.web.desk_page import form_of
from procurement.web.evaluation_tabs import evaluation_tabs, load
from procurement.web.forms.sheets import ReasonForm
from procurement.web.readings import note_if_auditor
from procurement.web.totals import marked_applications, threshold_of, totals_of
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused
from workflow.transitions import objections

A_PAGE = 50  # applications
STAGES = {Stage.FILE: CallState.EVALUATION, Stage.INTERVIEW: CallState.INTERVIEW}


@require_GET
def readings(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what this person has to read and mark, or who has signed what; never a mark of another."""
    call = load(request, reference)
    note_if_auditor(request, call, page="evaluation")
    now = clock.now()
    context: dict[str, Any] = {"now": now, "pages": evaluation_tabs(call, request.user, current="sheets")}
    if may.has_seat(call, request.user, Seat.EVALUATOR):
        context |= _own(call, request)
    else:
        context |= _progress(call, request, now=now)
    if may.read_marks(call, request.user):
        context |= _agreed(call, request)
    return render_page(request, call, "procurement/evaluation.html", context, tab="evaluation")


def _own(call: Call, request: HttpRequest) -> dict[str, Any]:
    stage = stage_at_work(call)
    sheets = own_sheets(request.user, call=call).filter(stage=stage)
    return {
        "own": Paginator(sheets, A_PAGE).get_page(request.GET.get("page")),
        "asked": len(asked_criteria(call, stage=stage)),
        "stage": stage,
        "signed": sheets.filter(state=SheetState.SIGNED).count(),
        "to_sign": sheets.filter(state=SheetState.DRAFT).order_by("application_id").first(),
        "undeclared": not may.has_declared(call, request.user),
    }


def _progress(call: Call, request: HttpRequest, *, now: datetime) -> dict[str, Any]:
    stage = stage_at_work(call)
    members = expected_from(call)
    page = Paginator(expected_applications(call, stage=stage), A_PAGE).get_page(request.GET.get("page"))
    counted = tallies(call, members=members, stage=stage)
    return {
        "stage": stage,
        "members": members,
        "page": page,
        "rows": progress_of(call, page.object_list, members=members, stage=stage),
        "tallies": counted,
        "signed": sum(one.signed for one in counted),
        "expected": sum(one.expected for one in counted),
        "share": button(
            call, "start_consensus", request.user, now=now,
            url=reverse("evaluation_consensus", args=[call.reference]), label=_("Share the marks and begin the consensus"),
        )
        if call.state == CallState.EVALUATION
        else None,
    }  # fmt: skip


def _agreed(call: Call, request: HttpRequest) -> dict[str, Any]:
    """Return where each application stands, once the marks are shared."""
    listed = Paginator(marked_applications(call, left=True), A_PAGE).get_page(request.GET.get("agreed"))
    totals = totals_of(call, listed.object_list, stages=stages_shared(call))
    return {
        "agreed": listed,
        "totals": totals,
        "threshold": threshold_of(call),
        "counts_consensus": counts_consensus(call),
    }


@require_POST
def consensus(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the consensus where no signature has done it: a member left, and the set is complete without them."""
    start_consensus(call=load(request, reference), actor=request.user, now=clock.now())
    messages.success(request, _("The marks are shared inside the panel."))
    return redirect("call_evaluation", reference)


@require_GET
def sheet(request: HttpRequest, reference: str, application: str, label: str) -> HttpResponse:
    """Show the versions of one evaluator's sheet: with marks to those who may read them, to the chair without."""
    call = load_call(request, reference)
    note_if_auditor(request, call, page=f"sheet {label} {application}")
    return _sheet(request, call, application, label)


def _sheet(
    request: HttpRequest, call: Call, application: str, label: str, *, form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    versions = _versions(request, call, application, label)
    visible = set(
        sheets_visible_to(request.user, call=call)
        .filter(pk__in=[one.pk for one in versions])
        .values_list("pk", flat=True)
    )
    if not visible and not may.lead_committee(call, request.user):
        raise Http404
    now = clock.now()
    context = {
        "now": now,
        "pages": evaluation_tabs(call, request.user, current="sheets"),
        "application": versions[0].application,
        "member": versions[0].member,
        "versions": [_version(one, readable=one.pk in visible) for one in versions],
        "reopen": _reopening(versions, request, now=now),
        "reason": form or ReasonForm(),
        "stage": versions[0].stage,
    }
    return render_page(request, call, "procurement/sheet.html", context, tab="evaluation", status=status)


def _versions(request: HttpRequest, call: Call, application: str, label: str) -> list[ScoreSheet]:
    """Return the sheets of one author on one application at one stage, the latest first."""
    rows = call.sheets.filter(application__reference=application, member__label=label)
    stage = request.GET.get("stage") or request.POST.get("stage") or ""
    if stage not in Stage.values:
        stage = stage_at_work(call) if rows.filter(stage=stage_at_work(call)).exists() else Stage.FILE
    found = list(
        rows.filter(stage=stage)
        .select_related("application__user", "application__organisation", "member__user", "reopened_by")
        .order_by("-version")
    )
    if not found:
        raise Http404
    for one in found:
        one.call = one.application.call = call
    return found


def _version(one: ScoreSheet, *, readable: bool) -> dict[str, Any]:
    if not readable:
        return {"sheet": one}
    form = form_of(one)
    total = sum((written.mark for written in form.stored.values() if written.mark is not None), start=0)
    return {
        "sheet": one,
        "groups": groups_of(form.criteria, form=form, writable=False),
        "total": total,
        "points": sum((c.maximum for c in form.criteria if c.maximum is not None), start=0),
    }


def _reopening(versions: list[ScoreSheet], request: HttpRequest, *, now: datetime) -> ScoreSheet | None:
    """Offer the chair to reopen the signed version; nothing once the marks are shared."""
    signed = next((one for one in versions if one.state == SheetState.SIGNED), None)
    if signed is None or not may.reopen_sheet(signed, request.user) or objections(signed, "supersede", now=now):
        return None
    return signed


@require_POST
def reopening(request: HttpRequest, reference: str, application: str, label: str) -> HttpResponse:
    """Reopen a signed sheet with a reason; the signed version is kept."""
    call = load(request, reference)
    versions = _versions(request, call, application, label)
    signed = next((one for one in versions if one.state == SheetState.SIGNED), versions[0])
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        reopen_sheet(sheet=signed, reason=form.cleaned_data.get("reason", ""), actor=request.user, now=clock.now())
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("reason", reason.sentence)
        return _sheet(request, call, application, label, form=form, status=409)
    messages.success(
        request, _("The sheet is open again. Its author was told, with your reason; the signed version is kept.")
    )
    return redirect("evaluation_sheet", reference, application, label)

"""The consensus on one application: read by the panel, written and settled by the chair."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import wants_json
from procurement import permissions as may
from procurement.actions.write_consensus import (
    reopen_consensus,
    save_consensus_comment,
    save_consensus_mark,
    settle_consensus,
)
from procurement.models import Consensus
from procurement.web.consensus_page import consensus_context, consensus_of, form_of
from procurement.web.evaluation_tabs import evaluation_tabs, load_shared
from procurement.web.forms.sheets import MarksForm, ReasonForm
from procurement.web.keeping import Kept, for_the_script, keep
from procurement.web.readings import note_if_auditor
from procurement.web.refusals import reasons_json
from procurement.web.workspace import render_page
from workflow import clock
from workflow.refusals import NotPermitted, Reason, Refused


def load(request: HttpRequest, reference: str, application: str) -> Consensus:
    """Return the consensus of an application to somebody who may read the marks."""
    found = consensus_of(load_shared(request, reference), application)
    if found is None:
        raise Http404
    return found


@require_GET
def consensus(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Show the marks of the panel on one application and what was agreed."""
    found = load(request, reference, application)
    note_if_auditor(request, found.application.call, page=f"consensus {found.application.reference}")
    return _page(request, found, form_of(found))


def _page(
    request: HttpRequest,
    found: Consensus,
    form: MarksForm,
    *,
    status: int = 200,
    reasons: list[Reason] | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    call = found.application.call
    context = consensus_context(found, request.user, form, now=clock.now())
    context |= {
        "pages": evaluation_tabs(call, request.user, current="consensus"),
        "reasons": reasons or [],
        "reason": reason or ReasonForm(),
    }
    return render_page(request, call, "procurement/consensus.html", context, tab="evaluation", status=status)


@require_POST
def marks(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Keep what the chair typed."""
    found = load(request, reference, application)
    form, kept = _keep(request, found)
    if wants_json(request):
        return _answer(request, found, form, kept)
    if kept.closed or form.errors:
        return _again(request, found, form, reasons=kept.closed)
    messages.success(request, _("The consensus is saved."))
    return redirect("call_consensus", reference, application)


@require_POST
def settlement(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Keep what the chair typed, then settle the consensus."""
    found = load(request, reference, application)
    form, kept = _keep(request, found)
    if kept.closed or form.errors:
        return _again(request, found, form, reasons=kept.closed)
    try:
        settle_consensus(consensus=found, actor=request.user, now=clock.now())
    except Refused as refusal:
        return _again(request, found, form, reasons=refusal.reasons)
    messages.success(request, _("The consensus on %(label)s is settled.") % {"label": found.application.label})
    return redirect("call_consensus", reference, application)


@require_POST
def reopening(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Take a settled consensus up again, with a reason."""
    found = load(request, reference, application)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        reopen_consensus(
            consensus=found, reason=form.cleaned_data.get("reason", ""), actor=request.user, now=clock.now()
        )
    except Refused as refusal:
        for one in refusal.reasons:
            form.add_error("reason", one.sentence)
        return _page(request, found, form_of(found), status=409, reason=form)
    messages.success(request, _("The consensus is open again."))
    return redirect("call_consensus", reference, application)


def _keep(request: HttpRequest, found: Consensus) -> tuple[MarksForm, Kept]:
    if not may.settle_consensus(found.application.call, request.user):
        raise NotPermitted(subject=found.application.call, act="save_consensus_mark")
    form, now, actor = form_of(found, request.POST), clock.now(), request.user
    kept = keep(
        form,
        save_mark=lambda criterion, mark, text: save_consensus_mark(
            consensus=found, criterion=criterion, mark=mark, reason=text, actor=actor, now=now
        ),
        save_text=lambda text: save_consensus_comment(consensus=found, comment=text, actor=actor, now=now),
    )
    return form, kept


def _fresh(request: HttpRequest, found: Consensus) -> Consensus:
    again = consensus_of(found.application.call, found.application.reference)
    assert again is not None
    return again


def _again(request: HttpRequest, found: Consensus, form: MarksForm, *, reasons: list[Reason]) -> HttpResponse:
    fresh = _fresh(request, found)
    form.stored = form_of(fresh).stored
    return _page(request, fresh, form, status=409, reasons=reasons)


def _answer(request: HttpRequest, found: Consensus, form: MarksForm, kept: Kept) -> JsonResponse:
    """Answer the script: the hour, the errors by field, and the pieces of the page that follow from the marks."""
    if kept.closed:
        return reasons_json(kept.closed)
    fresh = _fresh(request, found)
    call = fresh.application.call
    stored = form_of(fresh)
    context: dict[str, Any] = {**consensus_context(fresh, request.user, stored, now=clock.now()), "call": call}
    places = {"act": render_to_string("procurement/consensus_act.html", context, request)}
    for row in context["rows"]:
        places[f"dots-{row.criterion.code}"] = render_to_string(
            "components/draw_dots.html", {"drawing": row.dots}, request
        )
    places["total"] = render_to_string("procurement/consensus_total.html", context, request)
    return JsonResponse(
        {
            "saved_at": clock.now().astimezone(ZoneInfo(call.timezone)).isoformat(timespec="seconds"),
            "errors": {name: [str(text) for text in texts] for name, texts in form.errors.items()},
            **for_the_script(kept),
            "places": places,
        }
    )

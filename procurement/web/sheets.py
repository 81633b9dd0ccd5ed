"""The reading and scoring desk of one evaluator: read, mark, save, sign."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import wants_json
from procurement.actions.save_mark import save_mark, save_sheet_comment
from procurement.actions.sign_sheet import sign_sheet
from procurement.enums import Stage
from procurement.models import Call, ScoreSheet
from procurement.queries.sheets import LIVE, following_on, own_sheets, stage_at_work
from procurement.web.desk_page import desk_context, form_of, grid_context
from procurement.web.forms.sheets import MarksForm
from procurement.web.keeping import Kept, for_the_script, keep
from procurement.web.refusals import reasons_json
from procurement.web.workspace import load_call
from workflow import clock
from workflow.refusals import Reason, Refused


@require_GET
def desk(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Show one's own sheet beside what there is to read; nobody else's sheet has an address here."""
    sheet = _own_sheet(request, load_call(request, reference), application)
    return _desk(request, sheet, form_of(sheet))


def _own_sheet(request: HttpRequest, call: Call, application: str) -> ScoreSheet:
    """Return the sheet of the stage asked for, of the one at work, or the other one."""
    rows = own_sheets(request.user, call=call).filter(application__reference=application)
    found = {one.stage: one for one in rows.select_related("member", "application")}
    wanted = request.GET.get("stage", "") or request.POST.get("stage", "") or stage_at_work(call)
    sheet = found.get(wanted) or next(iter(found.values()), None)
    if sheet is None:
        raise Http404
    sheet.call = sheet.application.call = call
    return sheet


def _desk(
    request: HttpRequest, sheet: ScoreSheet, form: MarksForm, *, status: int = 200, reasons: list[Reason] | None = None
) -> HttpResponse:
    key = request.GET.get("document", "") or request.POST.get("document", "")
    context = desk_context(sheet, form, key=key, actor=request.user, now=clock.now())
    typed = _typed(request, form) if reasons and not context["writable"] else []
    return render(
        request, "procurement/reading.html", {**context, "reasons": reasons or [], "typed": typed}, status=status
    )


def _typed(request: HttpRequest, form: MarksForm) -> list[tuple[str, str]]:
    """Return what was typed, to be copied from where it can be saved no more."""
    return [(name, text) for name, text in request.POST.items() if name in form.fields and text.strip()]


@require_POST
def marks(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Keep what was typed: for the script while one writes, or all of it by the button."""
    sheet = _written_sheet(request, reference, application)
    form, kept, now = _keep(request, sheet)
    if kept.closed:
        return _closed(request, sheet, form, kept.closed)
    if wants_json(request):
        return _answer(request, sheet, kept, form, now=now)
    if form.errors:
        return _desk(request, _fresh(sheet), _again(form, sheet), status=409)
    messages.success(request, _("Your marks are saved."))
    return redirect("evaluation_desk", reference, application)


@require_POST
def signature(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Keep what was typed, then sign the sheet."""
    sheet = _written_sheet(request, reference, application)
    form, kept, now = _keep(request, sheet)
    if kept.closed:
        return _closed(request, sheet, form, kept.closed)
    if form.errors:
        return _desk(request, _fresh(sheet), _again(form, sheet), status=409)
    try:
        signed = sign_sheet(sheet=sheet, actor=request.user, now=now)
    except Refused as refusal:
        return _closed(request, sheet, form, refusal.reasons)
    messages.success(request, _("Your sheet on %(label)s is signed.") % {"label": sheet.application.label})
    following = following_on(signed)
    if following is None:
        return redirect("call_evaluation", reference)
    return redirect("evaluation_desk", reference, following.application.reference)


def _written_sheet(request: HttpRequest, reference: str, application: str) -> ScoreSheet:
    """Return the sheet that a window writes on, of whoever wrote it, even after the seat has ended: the act says why not."""
    rows = ScoreSheet.objects.filter(
        call__reference=reference, application__reference=application, member__user=request.user,
        stage=request.POST.get("stage", Stage.FILE),
    )  # fmt: skip
    rows = rows.select_related("call__organisation", "application", "member").order_by("-version")
    sheet = rows.filter(state__in=LIVE).first() or rows.first()
    if sheet is None:
        raise Http404
    sheet.application.call = sheet.call
    return sheet


def _keep(request: HttpRequest, sheet: ScoreSheet) -> tuple[MarksForm, Kept, datetime]:
    form, now, actor = form_of(sheet, request.POST), clock.now(), request.user
    kept = keep(
        form,
        save_mark=lambda criterion, mark, text: save_mark(
            sheet=sheet, criterion=criterion, mark=mark, comment=text, actor=actor, now=now
        ),
        save_text=lambda text: save_sheet_comment(sheet=sheet, comment=text, actor=actor, now=now),
    )
    return form, kept, now


def _fresh(sheet: ScoreSheet) -> ScoreSheet:
    again = ScoreSheet.objects.select_related("call__organisation", "application__user", "member").get(pk=sheet.pk)
    again.application.call = again.call
    return again


def _again(form: MarksForm, sheet: ScoreSheet) -> MarksForm:
    """Return what was typed with its errors, beginning from what is stored now."""
    form.stored = form_of(_fresh(sheet)).stored
    return form


def _answer(request: HttpRequest, sheet: ScoreSheet, kept: Kept, form: MarksForm, *, now: datetime) -> JsonResponse:
    """Answer the script: the hour, the errors by field, what each criterion holds now, and the pieces that changed."""
    fresh = _fresh(sheet)
    stored = form_of(fresh)
    context = {**grid_context(fresh, stored, now=now), "call": fresh.call, "application": fresh.application}
    return JsonResponse(
        {
            "saved_at": now.astimezone(ZoneInfo(fresh.call.timezone)).isoformat(timespec="seconds"),
            "errors": {name: [str(text) for text in texts] for name, texts in form.errors.items()},
            **for_the_script(kept),
            "places": {
                "progress": render_to_string("procurement/reading_progress.html", context, request),
                "act": render_to_string("procurement/reading_act.html", context, request),
            },
        }
    )


def _closed(request: HttpRequest, sheet: ScoreSheet, form: MarksForm, reasons: list[Reason]) -> HttpResponse:
    """Refuse with the sentences and give back what was typed; somebody who left sees nothing of the call but that."""
    if wants_json(request):
        return reasons_json(reasons)
    if sheet.member.ended_at is None:
        return _desk(request, _fresh(sheet), _again(form, sheet), status=409, reasons=reasons)
    context = {"reasons": reasons, "typed": _typed(request, form)}
    return render(request, "procurement/sheet_closed.html", context, status=409)

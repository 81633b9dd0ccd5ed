"""The draft of a call: the task list, and one page for each part that saves itself while it is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import wants_json
from procurement.actions.change_draft import change_draft
from procurement.actions.drafting import seen_of
from procurement.actions.keep_typed import keep_typed
from procurement.actions.set_rules import set_rules
from procurement.enums import Method
from procurement.models import Call
from procurement.queries.timeline import missing_dates
from procurement.web.draft_access import load_draft, writes
from procurement.web.draft_parts import WRITTEN, Part, linked, part_of
from procurement.web.draft_tasks import draft_objections, progress_of, task_groups
from procurement.web.forms.draft import DraftForm, typed_again, typed_from
from procurement.web.forms.rows import with_row_added, with_row_removed
from procurement.web.refusals import reasons_json
from procurement.web.review import last_return, notice_tab
from procurement.web.workspace import render_page
from workflow import clock
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of


@require_http_methods(["GET"])
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the task list to who writes the draft, the notice to others and later."""
    call = load_draft(request, reference)
    if not writes(request, call):
        return notice_tab(request, call)
    now = clock.now()
    reasons = draft_objections(call, now=now)
    groups = task_groups(call, reasons)
    done, parts = progress_of(groups)
    context = {
        "now": now,
        "groups": groups,
        "done": done,
        "parts": parts,
        "objections": linked(call, reasons),
        "returned": last_return(call),
        "preview_url": reverse("call_preview", args=[call.reference]),
    }
    return render_page(request, call, "procurement/draft_tasks.html", context, tab="draft")


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show and save one part."""
    call = load_draft(request, reference)
    if name not in WRITTEN:
        raise Http404
    if request.method == "GET" and not writes(request, call):
        return redirect("call_draft", call.reference)
    chosen = WRITTEN[name]
    if request.method == "POST":
        return _save(request, call, chosen)
    typed = call.draft.get(name, {}).get("typed")
    return _show(request, call, chosen, chosen.form(call, typed_again(typed) if typed else None))


@require_POST
def preset(request: HttpRequest, reference: str) -> HttpResponse:
    """Copy a rule set into the draft; the values changed before are dropped."""
    call = load_draft(request, reference)
    if request.POST.get("preset") not in Method.values:
        raise Http404
    set_rules(call=call, preset=request.POST["preset"], actor=request.user, now=clock.now())
    return redirect("call_draft_part", call.reference, "rules")


def _save(request: HttpRequest, call: Call, chosen: Part) -> HttpResponse:
    data = _with_rows(request.POST)
    form = chosen.form(call, data)
    script = wants_json(request)
    now = clock.now()
    try:
        call = _write(request, call, form, data, now)
    except Refused as refusal:
        return _refused(request, call, chosen, form, refusal, script=script)
    return _saved(call, chosen, form, now) if script else _next_page(request, call, chosen, form, now)


def _refused(
    request: HttpRequest, call: Call, chosen: Part, form: DraftForm, refusal: Refused, *, script: bool
) -> HttpResponse:
    if script:
        return reasons_json(refusal.reasons)
    fresh = Call.objects.select_related("organisation").get(pk=call.pk)
    return _show(request, fresh, chosen, form, status=409, refused=refusal.reasons)


def _next_page(request: HttpRequest, call: Call, chosen: Part, form: DraftForm, now: datetime) -> HttpResponse:
    if "fill" in request.POST and form.is_valid():
        change_draft(call=call, part=chosen.name, values=missing_dates(call), actor=request.user, now=now)
    if "add" in request.POST:
        return _show(request, call, chosen, form)
    if {"remove", "fill"} & request.POST.keys():
        return redirect(chosen.url(call))
    if not form.is_valid():
        return _show(request, call, chosen, form, status=422)
    if _more_to_write(call, chosen, form):
        return redirect(chosen.url(call))
    return redirect("call_draft", call.reference)


def _write(request: HttpRequest, call: Call, form: DraftForm, data: QueryDict, now: datetime) -> Call:
    seen = request.POST.get("seen", "")
    if form.is_valid():
        return form.save(actor=request.user, now=now, seen=seen)
    return keep_typed(call=call, part=form.part, typed=typed_from(data), actor=request.user, now=now, seen=seen)


def _with_rows(data: QueryDict) -> QueryDict:
    """Return the data with the row that a button adds or takes away."""
    table, _dash, at = (data.get("add") or data.get("remove") or "").partition("-")
    if not table:
        return data
    if "remove" in data and at.isdigit():
        return with_row_removed(data, table, int(at))
    if at.isdigit():
        return with_row_added(data, table, after=int(at), is_part="on")
    return with_row_added(data, table)


def _more_to_write(call: Call, chosen: Part, form: DraftForm) -> bool:
    """Stay on the page when what was saved opens fields of its own: titles of a new language, reasons of a change."""
    if chosen.name == "identity":
        return bool(set(call.languages) - {code for code, text in call.title.items() if text})
    return chosen.name == "rules" and any(r.code == "PUB-24" for r in draft_objections(call, now=clock.now()))


def _saved(call: Call, chosen: Part, form: DraftForm, now: datetime) -> HttpResponse:
    reasons = [reason.sentence for reason in draft_objections(call, now=now) if part_of(reason) == chosen]
    answer: dict[str, Any] = {
        "saved_at": now.astimezone(ZoneInfo(call.timezone)).isoformat(timespec="seconds"),
        "seen": seen_of(call, chosen.name),
        "errors": form.messages(),
        "missing": reasons,
        "live": form.live(call) if form.is_valid() else {},
    }
    return JsonResponse(answer)


def _show(
    request: HttpRequest, call: Call, chosen: Part, form: DraftForm, *, status: int = 200, refused: Any = ()
) -> HttpResponse:
    now = clock.now()
    stamp = call.draft.get(chosen.name, {})
    context = {
        "now": now,
        "part": chosen,
        "form": form,
        "errors": errors_of([refused, *(form.sources if form.is_bound else [])]),
        "seen": seen_of(call, chosen.name),
        "saved_at": datetime.fromisoformat(stamp["at"]) if stamp.get("at") else None,
        "missing": [reason.sentence for reason in draft_objections(call, now=now) if part_of(reason) == chosen],
        "live": form.live(call),
        "presets": Method.choices,
        **form.extras(),
    }
    return render_page(request, call, f"procurement/draft_{chosen.name}.html", context, tab="draft", status=status)

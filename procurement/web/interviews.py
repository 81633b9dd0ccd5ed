"""The interviews: who reaches the mark, when and where each is heard, and back to the consensus."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from procurement import permissions as may
from procurement.actions.hold_interviews import end_interviews, schedule_interview, start_interviews
from procurement.enums import CallState, Stage
from procurement.models import Application, Call
from procurement.models.marks import mean_marks
from procurement.queries.sheets import Row, expected_from, progress_of
from procurement.web.acts import button
from procurement.web.evaluation_tabs import evaluation_tabs, load, load_shared
from procurement.web.figures import shown
from procurement.web.forms.sheets import InterviewForm
from procurement.web.readings import note_if_auditor
from procurement.web.totals import marked_applications
from procurement.web.workspace import render_page
from workflow import clock
from workflow.refusals import Refused


def load_interviews(request: HttpRequest, reference: str) -> Call:
    """Return a call that has interviews, to somebody who may read the marks on file."""
    call = load_shared(request, reference)
    if not call.criteria.filter(stage=Stage.INTERVIEW).exists():
        raise Http404
    return call


@require_GET
def interviews(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who is invited, or would be, and who is below; the hours, and how far the sheets are."""
    call = load_interviews(request, reference)
    note_if_auditor(request, call, page="interviews")
    return _page(request, call)


def _page(
    request: HttpRequest, call: Call, *, status: int = 200, sent: InterviewForm | None = None, of: str = ""
) -> HttpResponse:
    now = clock.now()
    marks = mean_marks(call, stage=Stage.FILE)
    limit = Fraction(call.rule_number("shortlist_mark"))
    applications = list(marked_applications(call).select_related("interview"))
    begun = any(one.invited for one in applications)
    listed = [one for one in applications if (one.invited if begun else marks.get(one.pk, Fraction(0)) >= limit)]
    members = expected_from(call)
    progress = {row.application.pk: row for row in progress_of(call, listed, members=members, stage=Stage.INTERVIEW)}
    leading = may.lead_committee(call, request.user)
    context = {
        "now": now,
        "pages": evaluation_tabs(call, request.user, current="interviews"),
        "begun": begun,
        "limit": call.rule_number("shortlist_mark"),
        "members": members,
        "listed": [
            _listed(
                call, one, marks, limit, progress[one.pk], leading=leading, sent=sent if one.reference == of else None
            )
            for one in listed
        ],
        "below": [(one, shown(marks.get(one.pk), limit=limit)) for one in applications if one not in listed],
        "start": _start(call, request.user, now=now),
        "end": _end(call, request.user, now=now),
        "leading": leading,
    }
    return render_page(request, call, "procurement/interviews.html", context, tab="evaluation", status=status)


def _listed(
    call: Call, one: Application, marks: dict[int, Fraction], limit: Fraction, row: Row, *, leading: bool, sent: Any
) -> dict[str, Any]:
    held = getattr(one, "interview", None)
    form = None
    if leading and held is not None and call.state == CallState.INTERVIEW:
        form = sent or InterviewForm(zone=call.timezone, prefix=one.label, initial=_initial(call, held))
    return {
        "application": one,
        "mark": shown(marks.get(one.pk), limit=limit),
        "interview": held,
        "row": row,
        "form": form,
    }


def _initial(call: Call, held: Any) -> dict[str, Any]:
    hour = held.takes_place_at
    return {
        "place": held.place,
        "hour": hour.astimezone(ZoneInfo(call.timezone)).replace(tzinfo=None) if hour else None,
    }


def _start(call: Call, user: Any, *, now: datetime) -> Any:
    if call.state != CallState.CONSENSUS or call.applications.filter(invited=True).exists():
        return None
    url = reverse("interviews_beginning", args=[call.reference])
    return button(call, "start_interviews", user, now=now, url=url, label=_("Invite to the interviews"))


def _end(call: Call, user: Any, *, now: datetime) -> Any:
    if call.state != CallState.INTERVIEW:
        return None
    url = reverse("interviews_end", args=[call.reference])
    return button(
        call, "end_interviews", user, now=now, url=url, label=_("End the interviews and return to the consensus")
    )


@require_POST
def beginning(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite whoever reaches the mark."""
    start_interviews(call=load_interviews(request, reference), actor=request.user, now=clock.now())
    messages.success(request, _("The interviews have begun. Set the hour of each: the applicant is then told."))
    return redirect("call_interviews", reference)


@require_POST
def hour(request: HttpRequest, reference: str, application: str) -> HttpResponse:
    """Set the hour and the place of one interview, and tell the applicant."""
    call = load_interviews(request, reference)
    found = get_object_or_404(marked_applications(call).filter(invited=True), reference=application)
    found.call = call
    form = InterviewForm(request.POST, zone=call.timezone, prefix=found.label)
    if not form.is_valid():
        return _page(request, call, status=400, sent=form, of=application)
    try:
        schedule_interview(
            application=found, takes_place_at=form.cleaned_data["hour"], place=form.cleaned_data["place"],
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(
                "hour" if reason.code in ("INT-03", "INT-04") else "place" if reason.code == "INT-05" else None,
                reason.sentence,
            )
        return _page(request, call, status=409, sent=form, of=application)
    messages.success(
        request, _("The interview of %(label)s is set and the applicant is told.") % {"label": found.label}
    )
    return redirect("call_interviews", reference)


@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Return to the consensus."""
    end_interviews(call=load(request, reference), actor=request.user, now=clock.now())
    messages.success(request, _("The interviews are over. Their marks are shared inside the panel."))
    return redirect("call_interviews", reference)

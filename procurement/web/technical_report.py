"""The technical report: written, signed by the panel, then settled: from there on prices may be opened."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.second_factor import fresh_second_factor
from procurement import permissions as may
from procurement.actions.sign_technical import sign_technical
from procurement.actions.write_technical_report import write_technical_report
from procurement.enums import ApplicationState, CallState, PaperKind, Stage
from procurement.models import Call
from procurement.models.facts.panel import interview_held, panel_facts, shortlisted
from procurement.queries.impartiality import seat_of
from procurement.queries.papers.evaluation import verdicts
from procurement.rules import panel
from procurement.web.acts import Button, reasons_against
from procurement.web.consensus_page import stages_shared
from procurement.web.evaluation_tabs import evaluation_tabs, load_shared
from procurement.web.figures import shown
from procurement.web.forms.opening import SignatureForm
from procurement.web.opening_page import report_of
from procurement.web.readings import note_if_auditor
from procurement.web.totals import marked_applications, threshold_of, totals_of
from procurement.web.workspace import render_page
from workflow import clock

PASSED_STATES = [
    ApplicationState.PASSED, ApplicationState.PRICE_OPENED, ApplicationState.RANKED, ApplicationState.WINNER,
    ApplicationState.NOT_SELECTED,
]  # fmt: skip


@require_GET
def technical_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Show where the report stands, who signed it, and who goes on."""
    call = load_shared(request, reference)
    note_if_auditor(request, call, page="technical report")
    return render_page(
        request,
        call,
        "procurement/technical_report.html",
        _context(call, request.user, now=clock.now()),
        tab="evaluation",
    )


def _context(call: Call, user: Any, *, now: datetime) -> dict[str, Any]:
    papers = call.papers.filter(kind=PaperKind.TECHNICAL_REPORT).select_related("call", "file").order_by("-number")
    written = list(papers.prefetch_related("signatures__member__user"))
    seat = seat_of(call, user)
    return {
        "now": now,
        "pages": evaluation_tabs(call, user, current="report"),
        "report": report_of(written[0], user, seat=seat) if written else None,
        "earlier": written[1:],
        "signature": SignatureForm(),
        "standings": _standings(call, now=now),
        "to_be_heard": call.state in (CallState.CONSENSUS, CallState.INTERVIEW) and awaits_interviews(call),
        "threshold": threshold_of(call),
        "settled": call.state != CallState.CONSENSUS,
        **_buttons(call, user, written=bool(written), now=now),
    }


def _standings(call: Call, *, now: datetime) -> list[dict[str, Any]]:
    """Return who goes on and who does not: as settled, or as the engine judges the present marks."""
    applications = list(marked_applications(call))
    totals = totals_of(call, applications, stages=stages_shared(call))
    compliant = [one for one in applications if one.state == ApplicationState.COMPLIANT]
    marks, passed = verdicts(call, compliant, now=now) if compliant else ({}, set())
    return [
        {
            "application": total.application,
            "mark": shown(marks.get(total.application.label, total.counting), limit=_limit(call)),
            "passed": total.application.state in PASSED_STATES or total.application.label in passed,
            "settled_at": total.settled_at,
        }
        for total in totals
    ]


def awaits_interviews(call: Call) -> bool:
    """Tell whether interviews are still to be held, so that a mark on file is not the technical mark."""
    if not call.criteria.filter(stage=Stage.INTERVIEW).exists() or interview_held(call):
        return False
    return call.state == CallState.INTERVIEW or bool(shortlisted(call))


def _limit(call: Call) -> Fraction | None:
    threshold = threshold_of(call)
    return None if threshold is None else Fraction(threshold)


def _buttons(call: Call, user: Any, *, written: bool, now: datetime) -> dict[str, Button | None]:
    """The two acts of the chair, with the sentences that the server would refuse with; none outside the consensus."""
    if call.state != CallState.CONSENSUS:
        return {"write": None, "settle": None}
    permitted = may.lead_committee(call, user)
    facts = panel_facts(call, now=now) if permitted else None
    label = _("Write the technical report again") if written else _("Write the technical report")
    acts = {
        "write": (label, "technical_report_writing", panel.TECHNICAL_REPORT),
        "settle": (_("Settle the technical marks"), "technical_report_settlement", tuple(panel.TECHNICAL_SIGNED)),
    }
    return {
        name: Button(
            text, reverse(page, args=[call.reference]), permitted, reasons_against(guards, facts) if facts else []
        )
        for name, (text, page, guards) in acts.items()
    }


@require_POST
def writing(request: HttpRequest, reference: str) -> HttpResponse:
    """Have the report written."""
    write_technical_report(call=load_shared(request, reference), actor=request.user, now=clock.now())
    messages.success(
        request, _("The report is being written. The evaluators were told that it waits for their signature.")
    )
    return redirect("call_technical_report", reference)


@require_POST
@fresh_second_factor
def settlement(request: HttpRequest, reference: str) -> HttpResponse:
    """Settle the technical marks: who passed the threshold is fixed."""
    sign_technical(call=load_shared(request, reference), actor=request.user, now=clock.now())
    messages.success(request, _("The technical marks are settled."))
    return redirect("call_technical_report", reference)

"""Have the technical report written: the marks as settled, before any price is opened."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions
from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import CallState, PaperKind, Seat
from procurement.models import Call, Paper
from procurement.models.facts.panel import panel_facts
from procurement.queries.papers.technical_report import technical_report
from procurement.rules import panel
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, demand_permission, use_case


@use_case
def write_technical_report(*, call: Call, actor: User, now: datetime) -> Paper:
    """Fix the facts of the report and ask each evaluator to sign it; the chair or the secretary does.

    Refuses outside the consensus, and while a sheet, an interview or the consensus on an application is missing.
    A new report asks for every signature anew.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=call.pk)
    demand_permission(permissions.lead_committee(call, actor), subject=call, act="write_technical_report")
    if call.state != CallState.CONSENSUS:
        raise NoSuchMove(subject=call, act="write_technical_report")
    demand(panel.TECHNICAL_REPORT, panel_facts(call, now=now), subject=call, act="write_technical_report")
    paper = write_paper(
        call=call,
        kind=PaperKind.TECHNICAL_REPORT,
        template="technical_report",
        paper_facts=technical_report(call, now=now),
        actor=actor,
        now=now,
    )
    for member in call.members.filter(ended_at=None, seat=Seat.EVALUATOR).select_related("user"):
        tell(kind="report_to_sign", to=member.user, key=str(paper.pk), now=now, call=call)
    return paper

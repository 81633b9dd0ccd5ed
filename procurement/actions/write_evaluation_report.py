"""Have the evaluation report written, on the latest run of the engine."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import CallState, PaperKind, Seat
from procurement.models import Call, Paper
from procurement.models.facts.award import award_facts
from procurement.models.holding import hold_call
from procurement.queries.papers.evaluation_report import evaluation_report
from procurement.rules import awarding
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, demand_permission, use_case


@use_case
def write_evaluation_report(
    *, call: Call, recommendation: str = "", remarks: str = "", actor: Any, now: datetime
) -> Paper:
    """Fix the facts of the report: all that was received, marked, priced and ranked, and the committee's proposal.

    Refuses before the ranking and while the latest run does not cover exactly those in the race. A new report asks
    for every signature anew.
    """
    call = hold_call(call)
    demand_permission(permissions.lead_committee(call, actor), subject=call, act="write_evaluation_report")
    if call.state != CallState.RANKED:
        raise NoSuchMove(subject=call, act="write_evaluation_report")
    demand(awarding.REPORTABLE, award_facts(call, now=now), subject=call, act="write_evaluation_report")
    written = evaluation_report(call, recommendation=recommendation, remarks=remarks, now=now)
    paper = write_paper(
        call=call,
        kind=PaperKind.EVALUATION_REPORT,
        template="evaluation_report",
        paper_facts=written,
        actor=actor,
        now=now,
    )
    for member in call.members.filter(ended_at=None, seat=Seat.EVALUATOR).select_related("user"):
        tell(kind="report_to_sign", to=member.user, key=str(paper.pk), now=now, call=call)
    return paper

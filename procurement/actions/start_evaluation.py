"""Hand the compliant applications to the evaluators."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement.actions.create_sheets import create_sheets, evaluators_of
from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind, Stage
from procurement.models import Call
from procurement.queries.papers.compliance_grid import compliance_grid
from workflow.transitions import pass_through, use_case


@use_case
def start_evaluation(*, call: Call, actor: User, now: datetime) -> Call:
    """Create the expected score sheets, evaluators by compliant applications, and have the compliance grid written."""
    started = pass_through(call, "start_evaluation", actor=actor, now=now)
    evaluators = evaluators_of(started)
    create_sheets(call=started, stage=Stage.FILE, members=evaluators, actor=actor, now=now)
    write_paper(
        call=started,
        kind=PaperKind.COMPLIANCE_GRID,
        template="compliance_grid",
        paper_facts=compliance_grid(started, actor=actor, now=now),
        actor=actor,
        now=now,
    )
    for member in evaluators:
        tell(kind="evaluation_started", to=member.user, call=started, key=str(started.pk), now=now)
    return started

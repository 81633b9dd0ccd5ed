"""Make the award final, by the clock."""

from __future__ import annotations

from datetime import datetime

from accounts.enums import Role
from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import Call
from procurement.queries.papers.award_notice import award_notice_paper
from procurement.queries.people import holders_of
from workflow.transitions import pass_through, use_case


@use_case
def make_award(*, call: Call, actor: None, now: datetime) -> Call:
    """Make the award final when the standstill is over and write its notice; refuses before, and anybody but the clock."""
    awarded = pass_through(call, "award", actor=actor, now=now)
    write_paper(
        call=awarded, kind=PaperKind.AWARD_NOTICE, template="award_notice",
        paper_facts=award_notice_paper(awarded, now=now), actor=actor, now=now,
    )  # fmt: skip
    for officer in holders_of(awarded, Role.OFFICER):
        tell(kind="award_final", to=officer, key=f"{awarded.pk}:{now.isoformat()}", now=now, call=awarded)
    return awarded

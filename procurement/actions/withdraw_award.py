"""Withdraw an award before the contract: the winner steps back, or cannot prove what was declared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.rank_applications import run_engine, somebody_left
from procurement.actions.tell import tell
from procurement.enums import ApplicationState, Seat
from procurement.models import Award, Call
from procurement.rules import reasons
from workflow import audit
from workflow.transitions import demand, pass_through, use_case

S = ApplicationState


@use_case
def withdraw_award(*, call: Call, reason: str, actor: Any, now: datetime, keep_winner: bool = False) -> Award:
    """Take the award back and rank again, without the winner unless `keep_winner`; the withdrawn award is kept.

    Only the authority, only between the letters and the contract, with a reason of 20 characters.
    """
    reopened = pass_through(call, "reopen_ranking", actor=actor, now=now, reason=reason.strip())
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="withdraw_award")
    award = reopened.awards.select_for_update(of=("self",)).get(withdrawn_at=None)
    award.withdrawn_at, award.withdrawn_by, award.withdrawal_reason = now, actor, reason.strip()
    award.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    audit.record(award, "withdraw_award", actor=actor, now=now, scope=reopened.reference)
    _return(reopened, award, reason=reason.strip(), keep_winner=keep_winner, actor=actor, now=now)
    if somebody_left(reopened):
        run_engine(call=reopened, reason=reason.strip(), actor=actor, now=now)
    for member in reopened.members.filter(ended_at=None, seat=Seat.CHAIR).select_related("user"):
        tell(kind="award_withdrawn", to=member.user, key=str(award.pk), now=now, call=reopened, reason=reason.strip())
    return award


def _return(call: Call, award: Award, *, reason: str, keep_winner: bool, actor: Any, now: datetime) -> None:
    for application in call.applications.filter(state__in=(S.WINNER, S.NOT_SELECTED)).order_by("id"):
        if application.pk == award.application_id and not keep_winner:
            excluded = pass_through(application, "exclude", actor=actor, now=now, reason=reason)
            excluded.exclusion_reason = reason
            excluded.save(update_fields=["exclusion_reason"])
        else:
            pass_through(application, "return_to_race", actor=actor, now=now)

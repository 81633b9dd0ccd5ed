"""Decide the award, for the authority."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.enums import Role
from procurement.actions.rank_applications import latest_run
from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import ApplicationState, PaperKind
from procurement.models import Award, Call, EngineRun
from procurement.queries.papers.award_decision import award_decision
from procurement.queries.people import holders_of
from procurement.rules.reasons import GIVEN, ReasonFacts
from workflow import audit
from workflow.transitions import demand, pass_all_through, pass_through, use_case


@use_case
def decide_award(*, call: Call, reasons: str, actor: Any, now: datetime) -> Award:
    """Award to the first of the latest run, for the reasons that the letters repeat; nobody else can be chosen here.

    Refuses reasons shorter than 20 characters, a tie, and a ranking that does not cover those in the race.
    """
    decided = pass_through(call, "decide_award", actor=actor, now=now)
    demand(GIVEN, ReasonFacts(reasons), subject=call, act="decide_award")
    run = latest_run(decided)
    assert run is not None  # a guard of the arrow
    winner = decided.applications.get(label=run.result["winner"])
    award = Award.objects.create(
        call=decided, application=winner, run=run, amount=_amount(run, winner.label), reasons=reasons.strip(),
        decided_at=now, decided_by=actor,
    )  # fmt: skip
    audit.record(award, "award_to", actor=actor, now=now, scope=decided.reference, details={"run": run.number})
    _settle(decided, winner_id=winner.pk, actor=actor, now=now)
    write_paper(
        call=decided, kind=PaperKind.AWARD_DECISION, template="award_decision",
        paper_facts=award_decision(award, now=now), actor=actor, now=now,
    )  # fmt: skip
    for officer in holders_of(decided, Role.OFFICER):
        tell(kind="award_decided", to=officer, key=str(award.pk), now=now, call=decided)
    return award


def _amount(run: EngineRun, label: str) -> Decimal | None:
    """Return the price that was ranked, exactly as the run holds it; None where no price was asked for."""
    price = next(one.get("price") for one in run.problem["applications"] if one["ref"] == label)
    return Decimal(price) if price else None


def _settle(call: Call, *, winner_id: int, actor: Any, now: datetime) -> None:
    ranked = call.applications.filter(state=ApplicationState.RANKED)
    pass_all_through(ranked.exclude(pk=winner_id), "lose", actor=actor, now=now)
    pass_all_through(ranked.filter(pk=winner_id), "win", actor=actor, now=now)

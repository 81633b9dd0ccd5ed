"""Run the engine on those still in the race and keep its record whole."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.enums import CallState
from procurement.models import Application, Call, EngineRun
from procurement.models.holding import hold_call
from procurement.queries.problem import IN_RANKING, problem_of
from procurement.rules import reasons
from procurement.rules.presets import RULES_VERSION
from procurement.scoring import engine, record
from procurement.scoring.draws import settled
from procurement.scoring.problem import parse
from workflow import audit
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, demand_permission, pass_all_through, pass_through, use_case


@use_case
def rank_applications(*, call: Call, actor: Any, now: datetime) -> EngineRun:
    """Rank for the first time; refuses before the prices are opened and while a price is missing."""
    moved = pass_through(call, "rank", actor=actor, now=now)
    return run_engine(call=moved, reason="", actor=actor, now=now)


@use_case
def rank_again(*, call: Call, reason: str, actor: Any, now: datetime) -> EngineRun:
    """Rank anew, with a reason: every relative score is computed again, the earlier runs are kept."""
    call = hold_call(call)
    demand_permission(permissions.rank_applications(call, actor), subject=call, act="rank_again")
    if call.state != CallState.RANKED or not somebody_left(call):
        raise NoSuchMove(subject=call, act="rank_again")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="rank_again")
    return run_engine(call=call, reason=reason.strip(), actor=actor, now=now)


def latest_run(call: Call) -> EngineRun | None:
    """Return the run that counts."""
    return call.engine_runs.order_by("-number").first()


def somebody_left(call: Call) -> bool:
    """Tell whether an application is in the race: without one there is nothing to compute."""
    return call.applications.filter(state__in=IN_RANKING).exists()


def run_engine(*, call: Call, reason: str, actor: Any, now: datetime, drawn: dict[str, Any] | None = None) -> EngineRun:
    """Compute, store inputs, outputs and digest, and move the applications the run puts in or out.

    Lots drawn earlier are kept and `drawn` is added: they order the groups the engine leaves tied, and nothing else.
    """
    applications = {a.label: a for a in call.applications.filter(state__in=IN_RANKING).order_by("id")}
    before = latest_run(call)
    draws = [*(before.draws if before else []), *([drawn] if drawn else [])]
    problem = problem_of(call, applications.values(), now=now)
    result = settled(engine.rank(parse(problem)), draws=[one["order"] for one in draws]).as_json()
    run = EngineRun.objects.create(
        call=call,
        number=(before.number if before else 0) + 1,
        reason=reason,
        problem=problem,
        result=result,
        draws=draws,
        engine=result["engine"],
        rules_version=call.rules.get("version", RULES_VERSION),
        sha256=record.digest(problem_json=problem, result_json=result, draws_json=draws),
        ran_at=now,
        ran_by=actor,
    )
    _place(call, applications, result, actor=actor, now=now)
    audit.record(run, "run_engine", actor=actor, now=now, scope=call.reference, details={"sha256": run.sha256})
    return run


def _place(
    call: Call, applications: dict[str, Application], result: dict[str, Any], *, actor: Any, now: datetime
) -> None:
    """Move those who take a place for the first time, and those who leave the race, each cause for itself."""
    arriving = [one.pk for line in result["ranking"] if (one := applications[line["ref"]]).state != "ranked"]
    pass_all_through(call.applications.filter(pk__in=arriving), "rank", actor=actor, now=now)
    causes: dict[str, list[int]] = defaultdict(list)
    for line in result["excluded"]:
        causes[line["reason"]].append(applications[line["ref"]].pk)
    for cause, keys in causes.items():
        leaving = call.applications.filter(pk__in=keys)
        pass_all_through(leaving, "exclude", actor=actor, now=now, cause=cause)
        leaving.update(exclusion_reason=cause)

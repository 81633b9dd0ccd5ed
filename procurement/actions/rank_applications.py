"""Run the engine on those still in the race and keep its record whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.enums import ApplicationState, CallState
from procurement.models import Application, Call, EngineRun
from procurement.queries.problem import IN_RANKING, problem_of
from procurement.rules.presets import RULES_VERSION
from procurement.scoring import engine, record
from procurement.scoring.problem import parse
from workflow import audit
from workflow.transitions import demand_permission, pass_through, use_case

EXCLUSION_REASONS = {"over_ceiling": "over_ceiling", "below_threshold": "below_threshold", "below_minimum": "below_minimum"}


@use_case
def rank_applications(*, call: Call, actor: Any, now: datetime) -> EngineRun:
    """Rank for the first time; refuses before the prices are opened and while a price is missing."""
    moved = pass_through(call, "rank", actor=actor, now=now)
    return run_engine(call=moved, reason="", actor=actor, now=now)


@use_case
def rank_again(*, call: Call, reason: str, actor: Any, now: datetime) -> EngineRun:
    """Rank anew after an exclusion or a draw: every relative score is computed again, the earlier runs are kept."""
    call = Call.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=call.pk)
    allowed = call.state == CallState.RANKED and permissions.rank_applications(call, actor)
    demand_permission(allowed or permissions.decide_award(call, actor), subject=call, act="rank_again")
    return run_engine(call=call, reason=reason, actor=actor, now=now)


def run_engine(*, call: Call, reason: str, actor: Any, now: datetime) -> EngineRun:
    """Compute, store inputs, outputs and digest, and move the applications the run puts in or out."""
    applications = {a.label: a for a in call.applications.filter(state__in=IN_RANKING).select_related("call__organisation")}
    problem = problem_of(call, applications.values(), now=now)
    result = engine.rank(parse(problem))
    written = result.as_json()
    run = EngineRun.objects.create(
        call=call,
        number=call.engine_runs.count() + 1,
        reason=reason,
        problem=problem,
        result=written,
        engine=written["engine"],
        rules_version=RULES_VERSION,
        sha256=record.digest(problem_json=problem, result_json=written),
        ran_by=actor,
    )
    _place(applications, written, actor=actor, now=now)
    audit.record(run, "run_engine", actor=actor, now=now, scope=call.reference, details={"sha256": run.sha256})
    return run


def _place(applications: dict[str, Application], written: dict[str, Any], *, actor: Any, now: datetime) -> None:
    for line in written["ranking"]:
        application = applications[line["ref"]]
        if application.state != ApplicationState.RANKED:
            pass_through(application, "rank", actor=actor, now=now)
    for line in written["excluded"]:
        application = applications[line["ref"]]
        pass_through(application, "exclude", actor=actor, now=now, cause=line["reason"])
        Application.objects.filter(pk=application.pk).update(exclusion_reason=line["reason"])

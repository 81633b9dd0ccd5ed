"""The ranking of a call: the act itself, from the rows to the stored record, and what of it is arithmetic."""

from __future__ import annotations

import time
from dataclasses import dataclass

from infra.bench.queries import counted
from infra.bench.stock import Stock
from procurement.actions.rank_applications import rank_applications
from procurement.queries.problem import IN_RANKING, problem_of
from procurement.scoring import engine
from procurement.scoring.problem import parse
from workflow import clock


@dataclass(frozen=True)
class Ranked:
    """Seconds, and statements to the database."""

    applications: int
    act: float
    reading: float
    arithmetic: float
    queries: int


def ranked(stock: Stock) -> Ranked:
    """Rank a call whose prices are open, once; its parts are measured before, apart."""
    now = clock.now()
    begun = time.perf_counter()
    problem = problem_of(stock.call, stock.call.applications.filter(state__in=IN_RANKING).order_by("id"), now=now)
    read = time.perf_counter()
    engine.rank(parse(problem)).as_json()
    computed = time.perf_counter()
    with counted() as statements:
        started = time.perf_counter()
        rank_applications(call=stock.call, actor=stock.chair, now=now)
        act = time.perf_counter() - started
    count = stock.call.applications.count()
    return Ranked(count, act, reading=read - begun, arithmetic=computed - read, queries=len(statements))

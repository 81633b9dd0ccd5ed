"""A run read back from its record: the numbers come from the stored problem, never from the rows of today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import CharField, Func

from procurement.models import EngineRun
from procurement.scoring import engine, record
from procurement.scoring.draws import settled
from procurement.scoring.explanation import Explanation
from procurement.scoring.points import written
from procurement.scoring.problem import parse
from procurement.scoring.record import Result
from procurement.scoring.terms import Method, Problem


class RowVersion(Func):
    """Where a row lies and which transaction wrote it: any change, even past the trigger, gives it another."""

    template = "(ctid::text || ' ' || xmin::text)"
    output_field = CharField()


@dataclass(frozen=True, eq=False)
class ReadRun:
    """A run with its problem and its result computed again; `faithful` when digest and result are the stored ones."""

    run: EngineRun
    problem: Problem
    result: Result
    faithful: bool

    @cached_property
    def lines(self) -> dict[str, Explanation]:
        """Return the explanation of each ranked application by its label, the best first."""
        return {standing.ref: standing.explanation for standing in self.result.ranking}

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Return the rank of each label."""
        return {standing.ref: standing.rank for standing in self.result.ranking}


def read_run(run: EngineRun) -> ReadRun:
    """Compute a stored problem again, with its drawings of lots, and hold the result against the stored one.

    As long as the row is the same, what was read is kept: thousands of lines are not reckoned again for each page.
    """
    return _read(
        run.pk, EngineRun.objects.annotate(version=RowVersion()).values_list("version", flat=True).get(pk=run.pk)
    )


@lru_cache(maxsize=4)
def _read(pk: int, _version: str) -> ReadRun:
    run = EngineRun.objects.get(pk=pk)
    problem, result = computed(run.problem, draws=[one["order"] for one in run.draws])
    digest = record.digest(problem_json=run.problem, result_json=run.result, draws_json=run.draws)
    return ReadRun(run, problem, result, faithful=digest == run.sha256 and result.as_json() == run.result)


def computed(problem_json: dict[str, Any], *, draws: Sequence[Sequence[str]] = ()) -> tuple[Problem, Result]:
    """Read and rank a problem; the same problem asked again, a page later, is not reckoned again."""
    return _ranked(record.canonical(problem_json), tuple(tuple(drawn) for drawn in draws))


@lru_cache(maxsize=6)
def _ranked(canonical: bytes, draws: tuple[tuple[str, ...], ...]) -> tuple[Problem, Result]:
    problem = parse(json.loads(canonical))
    return problem, settled(engine.rank(problem), draws=draws)


def points_of(line: Explanation, *, problem: Problem) -> tuple[Fraction, Fraction]:
    """Return the two contributions to the total of one application, in the units of the total."""
    technical = line.technical_score.value if line.technical_score else line.technical or Fraction()
    financial = line.financial_score.value if line.financial_score else Fraction()
    if problem.weights is None or line.combined is None:
        return technical, Fraction()
    if problem.method == Method.POINTS:
        return technical, financial
    return problem.weights.technical * technical, problem.weights.financial * financial


def total_of(line: Explanation) -> Fraction:
    """Return the number that decides: the combined score, or the technical mark where no price is looked at."""
    return line.combined.value if line.combined else line.technical or Fraction()


def exact(value: Fraction) -> Decimal:
    """Return a number whole where it ends, else cut after 28 decimals: rounding it later is rounding the number."""
    return Decimal(written(value))

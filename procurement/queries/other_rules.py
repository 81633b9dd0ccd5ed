"""What other rules would have given, for reading only: the published rule decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from procurement.queries.run import ReadRun, computed, total_of
from procurement.scoring.terms import Method, Normalise

SPLITS = {"80 / 20": ("0.80", "0.20"), "70 / 30": ("0.70", "0.30")}
WEIGHTED = (Method.PRAG, Method.QCBS)


@dataclass(frozen=True)
class Alternative:
    """One other rule: the totals it gives by label, and who would come first."""

    label: Any
    totals: Mapping[str, Fraction]
    first: str


@lru_cache(maxsize=4)
def alternatives(read: ReadRun) -> list[Alternative]:
    """Rank the stored problem by the usual other splits and by the other way to read the technical mark."""
    if read.problem.method not in WEIGHTED or read.problem.weights is None:
        return []
    problem = read.run.problem
    own = read.problem.weights.technical
    split = {
        name: {**problem, "weights": {"technical": technical, "financial": financial}}
        for name, (technical, financial) in SPLITS.items()
        if Fraction(technical) != own
    }
    found = [_ranked(name, changed) for name, changed in split.items()]
    return [*found[-1:], _other_reading(problem, read.problem.technical.normalise)]


def _other_reading(problem: dict[str, Any], normalise: Normalise) -> Alternative:
    relative = normalise == Normalise.BEST
    changed = {
        **problem,
        "technical": {**problem["technical"], "normalise": Normalise.MAX if relative else Normalise.BEST},
    }
    return _ranked(_("Absolute mark") if relative else _("Relative to the best"), changed)


def _ranked(label: Any, problem: dict[str, Any]) -> Alternative:
    _problem, result = computed(problem)
    totals = {standing.ref: total_of(standing.explanation) for standing in result.ranking}
    return Alternative(label, totals, result.winner or "")

"""Rank the applications of a problem: the one public door of the scoring."""

from procurement.scoring.explanation import Explanation
from procurement.scoring.methods import Prices
from procurement.scoring.race import Race
from procurement.scoring.ranking import Group, ordered, ranks
from procurement.scoring.record import ENGINE_VERSION, Result, Standing
from procurement.scoring.scores import landmarks, scored
from procurement.scoring.steps import Step
from procurement.scoring.terms import Problem

__all__ = ["ENGINE_VERSION", "rank"]


def rank(problem: Problem) -> Result:
    """Rank; raise BadProblem when the price of an application still in the race is missing where the method needs it."""
    race = Race(problem)
    race.admit()
    race.judge()
    if race.rules.prices is Prices.ALL:
        race.open_prices(entry.ref for entry in race.entries)
    groups = _ordered(race)
    if race.rules.prices is Prices.FIRST:
        groups = _first_opened(race, groups)
    return _result(race, groups)


def _ordered(race: Race) -> list[Group]:
    race.entries = scored(race.entries, problem=race.problem)
    race.steps.extend(landmarks(race.entries))
    race.steps.extend(step for entry in race.entries for step in entry.scores())
    return ordered(race.entries, problem=race.problem, steps=race.steps)


def _first_opened(race: Race, groups: list[Group]) -> list[Group]:
    """Look at the price of the first alone; where a binding ceiling puts it out, reckon the others anew."""
    while first := _alone_at_the_top(groups):
        race.steps.append(Step("price.opened", {"ref": first.ref}))
        race.open_prices([first.ref])
        still = [entry for entry in race.entries if entry.ref == first.ref]
        if still:
            return [still, *groups[1:]]
        groups = _ordered(race)
    return groups


def _alone_at_the_top(groups: list[Group]) -> Explanation | None:
    return groups[0][0] if groups and len(groups[0]) == 1 else None


def _result(race: Race, groups: list[Group]) -> Result:
    first = _alone_at_the_top(groups)
    return Result(
        winner=first.ref if first else None,
        ties=tuple(tuple(entry.ref for entry in group) for group in groups if len(group) > 1),
        ranking=tuple(Standing(rank=number, explanation=entry) for number, entry in ranks(groups)),
        excluded=tuple(sorted(race.out, key=lambda each: each.ref)),
        steps=(*race.steps, _last_step(groups)),
    )


def _last_step(groups: list[Group]) -> Step:
    if not groups:
        return Step("first.none", {})
    if len(groups[0]) > 1:
        return Step("first.tied", {"refs": tuple(entry.ref for entry in groups[0])})
    return Step("first.one", {"ref": groups[0][0].ref})

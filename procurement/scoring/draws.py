"""Lots drawn by people: the order of a tied group, recorded after the engine and applied to that group alone."""

from collections.abc import Sequence
from dataclasses import replace

from procurement.scoring.record import Result, Standing
from procurement.scoring.steps import Step

Order = Sequence[str]


def settled(result: Result, *, draws: Sequence[Order]) -> Result:
    """Put each tied group that a drawing covers in the order drawn; a group that none covers stays tied."""
    order = {tie: drawn for tie in result.ties if (drawn := _order_of(tie, draws)) is not None}
    if not order:
        return result
    ranking = _in_order(result.ranking, order)
    ties = tuple(tie for tie in result.ties if tie not in order)
    winner = ranking[0].ref if [standing.rank for standing in ranking].count(1) == 1 else None
    held = tuple(Step("tie.drawn", {"refs": tie, "order": drawn}) for tie, drawn in order.items())
    last = Step("first.one", {"ref": winner}) if winner else result.steps[-1]
    return replace(result, winner=winner, ties=ties, ranking=ranking, steps=(*result.steps[:-1], *held, last))


def _order_of(tie: Sequence[str], draws: Sequence[Order]) -> tuple[str, ...] | None:
    """Return the order that the latest drawing gives a group; lots drawn among more decide among fewer too."""
    for drawn in reversed(draws):
        if set(tie) <= set(drawn):
            return tuple(ref for ref in drawn if ref in set(tie))
    return None


def _in_order(ranking: Sequence[Standing], order: dict[tuple[str, ...], tuple[str, ...]]) -> tuple[Standing, ...]:
    places = {ref: place for drawn in order.values() for place, ref in enumerate(drawn)}
    moved = [replace(one, rank=one.rank + places.get(one.ref, 0)) for one in ranking]
    return tuple(sorted(moved, key=lambda one: (one.rank, one.ref)))

"""From scores to an order: equal stays equal until a published rule decides, and a drawing of lots is left to people."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from procurement.scoring.explanation import Explanation
from procurement.scoring.methods import METHODS, Decides
from procurement.scoring.steps import Step
from procurement.scoring.terms import DRAWN_BY_PEOPLE, Problem, TieRule

Group: TypeAlias = list[Explanation]
Key: TypeAlias = Callable[[Explanation], Any]  # comparable, the better the lower; None when unknown


def ordered(entries: Sequence[Explanation], *, problem: Problem, steps: list[Step]) -> list[Group]:
    """Put the best first; those in one group are equal for the method and for every rule, and are listed by reference."""
    decides = DECIDERS[METHODS[problem.method].decides]
    groups: list[Group] = []
    for group in _split(entries, key=decides):
        groups.extend(_settled(group, rules=problem.tie_break, steps=steps))
    return groups


def ranks(groups: Sequence[Group]) -> list[tuple[int, Explanation]]:
    """Number the entries; equal ones share a rank and the next rank is skipped, as in 1, 1, 3."""
    numbered: list[tuple[int, Explanation]] = []
    for group in groups:
        rank = len(numbered) + 1
        numbered.extend((rank, entry) for entry in group)
    return numbered


def _settled(group: Group, *, rules: Sequence[str], steps: list[Step]) -> list[Group]:
    if len(group) == 1:
        return [group]
    refs = tuple(entry.ref for entry in group)
    if not rules or rules[0] in DRAWN_BY_PEOPLE:
        steps.append(Step("tie.draw" if rules else "tie.stays", {"refs": refs}))
        return [group]
    rule, key = rules[0], _tie_key(rules[0])
    if any(key(entry) is None for entry in group):
        steps.append(Step("tie.unknown", {"refs": refs, "rule": rule}))
        return _settled(group, rules=rules[1:], steps=steps)
    parts = _split(group, key=key)
    steps.append(_decided(parts, refs=refs, rule=rule))
    return [settled for part in parts for settled in _settled(part, rules=rules[1:], steps=steps)]


def _decided(parts: Sequence[Group], *, refs: tuple[str, ...], rule: str) -> Step:
    if len(parts) == 1:
        return Step("tie.same", {"refs": refs, "rule": rule})
    order = tuple(" = ".join(entry.ref for entry in part) for part in parts)
    code = f"tie.{rule}" if rule in list(TieRule) else "tie.criterion"
    return Step(code, {"refs": refs, "rule": rule, "order": order})


def _split(entries: Sequence[Explanation], *, key: Key) -> list[Group]:
    return [list(group) for _, group in groupby(sorted(entries, key=key), key=key)]


def _tie_key(rule: str) -> Key:
    match rule:
        case TieRule.TECHNICAL:
            return _by_technical
        case TieRule.PRICE:
            return _by_price
        case TieRule.SUBMITTED_AT:
            return lambda entry: entry.application.submitted_at
        case _:
            return lambda entry: _higher(entry.panel.criterion(rule) if entry.panel else None)


def _higher(value: Any) -> Any:
    return None if value is None else -value


def _by_combined(entry: Explanation) -> Any:
    return _higher(entry.combined and entry.combined.value)


def _by_technical(entry: Explanation) -> Any:
    return _higher(entry.technical)


def _by_price(entry: Explanation) -> Any:
    return entry.price


DECIDERS: dict[Decides, Key] = {
    Decides.COMBINED: _by_combined,
    Decides.TECHNICAL: _by_technical,
    Decides.PRICE: _by_price,
}

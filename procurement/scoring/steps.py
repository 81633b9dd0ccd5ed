"""One step of the arithmetic: a code and its numbers, and the sentence they make in any language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, cast

from procurement.scoring.points import brief
from procurement.scoring.sentences import SENTENCES

Named: TypeAlias = tuple[str, Fraction]
Product: TypeAlias = tuple[Fraction, Fraction]
Param: TypeAlias = str | Fraction | tuple[str, ...] | tuple[Named, ...] | tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    params: Mapping[str, Param]

    @property
    def value(self) -> Fraction:
        """The number this step arrives at; only for a step that reckons one."""
        return cast(Fraction, self.params["value"])

    def sentence(self, *, translate: Callable[[str], str] = str, number: Callable[[Fraction], str] = brief) -> str:
        """Say the step; `translate` gives the sentence in the reader's language and `number` writes its numbers."""
        return translate(SENTENCES[self.code]) % {name: _shown(param, number) for name, param in self.params.items()}


def _shown(param: Param, number: Callable[[Fraction], str]) -> str:
    """Write references as "A, B", named numbers as "V1 81, V2 83" and weighted marks as "2 × 30 + 31"."""
    match param:
        case str():
            return param
        case Fraction():
            return number(param)
    parts = [_part(item, number) for item in param]
    products = bool(param) and isinstance(param[0], tuple) and isinstance(param[0][0], Fraction)
    return (" + " if products else ", ").join(parts)


def _part(item: str | Named | Product, number: Callable[[Fraction], str]) -> str:
    if isinstance(item, str):
        return item
    first, second = item
    if isinstance(first, str):
        return f"{first} {number(second)}"
    return number(second) if first == 1 else f"{number(first)} × {number(second)}"

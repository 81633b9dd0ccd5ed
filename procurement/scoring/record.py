"""What a ranking leaves behind: the result, how it is written as JSON, and the hash that pins it to its inputs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from procurement.scoring.explanation import Explanation
from procurement.scoring.points import written
from procurement.scoring.steps import Step

ENGINE_VERSION = "1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One ranked application; `explanation` holds its numbers, exact."""

    rank: int
    explanation: Explanation

    @property
    def ref(self) -> str:
        return self.explanation.ref

    def as_json(self) -> dict[str, Any]:
        numbers = self.explanation
        return {
            "ref": self.ref,
            "rank": self.rank,
            "technical": _written(numbers.technical),
            "technical_score": _written(_value(numbers.technical_score)),
            "financial_score": _written(_value(numbers.financial_score)),
            "combined": _written(_value(numbers.combined)),
            "price_opened": numbers.price is not None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One application that is out; `step` says why, with the numbers."""

    explanation: Explanation
    step: Step

    @property
    def ref(self) -> str:
        return self.explanation.ref

    @property
    def reason(self) -> str:
        return self.step.code.removeprefix("out.")

    def as_json(self) -> dict[str, Any]:
        return {"ref": self.ref, "reason": self.reason, "price_opened": self.explanation.price is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome; without a winner the award cannot go on, because of a tie at the top or because nobody is left."""

    winner: str | None
    ties: tuple[tuple[str, ...], ...]
    ranking: tuple[Standing, ...]
    excluded: tuple[Exclusion, ...]
    steps: tuple[Step, ...]
    engine: str = ENGINE_VERSION

    def as_json(self) -> dict[str, Any]:
        """Write the result with numbers as strings at full precision, as the door of the engine promises."""
        return {
            "winner": self.winner,
            "ties": [list(group) for group in self.ties],
            "ranking": [standing.as_json() for standing in self.ranking],
            "excluded": [exclusion.as_json() for exclusion in self.excluded],
            "steps": [step.sentence() for step in self.steps],
            "engine": self.engine,
        }


def canonical(document: Any) -> bytes:
    """Write JSON in the one way that is hashed: keys sorted, no spaces, UTF-8."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(*, problem_json: Mapping[str, Any], result_json: Mapping[str, Any], draws_json: Sequence[Any] = ()) -> str:
    """Hash a problem with its result (SHA-256, hexadecimal), and with the lots drawn if any: none can be changed alone."""
    whole: dict[str, Any] = {"problem": problem_json, "result": result_json}
    if draws_json:
        whole["draws"] = list(draws_json)
    return hashlib.sha256(canonical(whole)).hexdigest()


def _value(step: Step | None) -> Fraction | None:
    return None if step is None else step.value


def _written(value: Fraction | None) -> str | None:
    return None if value is None else written(value)

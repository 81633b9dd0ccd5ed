"""Strict reading of one JSON object: every refusal is kept with the path of its field, and nothing unasked-for passes."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, TypeVar

Refusal: TypeAlias = tuple[str, str]  # path, sentence
Choice = TypeVar("Choice", bound=StrEnum)

NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?")
NAME_LENGTH = 200


class BadProblem(ValueError):
    """The problem cannot be ranked; `errors` holds every reason as (path, sentence)."""

    def __init__(self, errors: list[Refusal]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{path}: {sentence}" for path, sentence in errors))


class _Repeated(dict[str, object]):
    """A JSON object in which some keys were written twice."""

    twice: tuple[str, ...] = ()


def loaded(text: str) -> object:
    """Load JSON and remember repeated keys, which the standard reader drops without a word."""
    try:
        return json.loads(text, object_pairs_hook=_with_repeated_keys)
    except (ValueError, RecursionError) as error:
        raise BadProblem([("problem", f"is not JSON: {error}")]) from error


def _with_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = _Repeated(pairs)
    if len(result) < len(pairs):
        result.twice = tuple(sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1))
    return result


@dataclass
class Fields:
    """The fields of one object; each is taken once, and `close` refuses the rest."""

    raw: Mapping[str, object]
    path: str
    errors: list[Refusal]
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, raw: object, *, path: str, errors: list[Refusal]) -> "Fields":
        if not isinstance(raw, Mapping):
            errors.append((path or "problem", "must be an object"))
            return cls({}, path, [])  # what is missing inside is no news
        fields = cls(raw, path, errors)
        for key in raw.twice if isinstance(raw, _Repeated) else ():
            fields.refuse(key, "appears twice")
        return fields

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, sentence: str) -> None:
        self.errors.append((self.at(key), sentence))

    def has(self, key: str) -> bool:
        return self.raw.get(key) is not None

    def take(self, key: str) -> object:
        self.taken.add(key)
        if not self.has(key):
            self.refuse(key, "is missing")
        return self.raw.get(key)

    def inner(self, key: str) -> "Fields":
        """Read an object within this one; an absent one reads as empty."""
        self.taken.add(key)
        return Fields.of(self.raw[key] if self.has(key) else {}, path=self.at(key), errors=self.errors)

    def items(self, key: str) -> Iterator["Fields"]:
        """Read a list of objects; an absent one reads as empty."""
        for index, raw in enumerate(self._list(key)):
            yield Fields.of(raw, path=f"{self.at(key)}[{index}]", errors=self.errors)

    def names(self, key: str) -> tuple[str, ...]:
        """Read a list of names; an absent one reads as empty."""
        return tuple(self._name(raw, at=f"{key}[{index}]") for index, raw in enumerate(self._list(key)))

    def name(self, key: str) -> str:
        raw = self.take(key)
        return self._name(raw, at=key) if raw is not None else ""

    def inner_if_any(self, key: str) -> "Fields | None":
        self.taken.add(key)
        return self.inner(key) if self.has(key) else None

    def number(self, key: str, *, zero: bool = True, default: Fraction | None = None) -> Fraction:
        """Read a number written as a string; refuse a negative one and, unless `zero`, nought."""
        if default is not None and not self.has(key):
            self.taken.add(key)
            return default
        raw = self.take(key)
        if raw is None:
            return Fraction()
        if not isinstance(raw, str) or not NUMBER.fullmatch(raw):
            self.refuse(key, f'must be a number written as a string, such as "82.50", not {_quoted(raw)}')
            return Fraction()
        value = Fraction(raw)
        if value < 0 or (value == 0 and not zero):
            self.refuse(key, f"must {'not be negative' if zero else 'be above zero'}, not {raw}")
        return value

    def number_if_any(self, key: str, *, zero: bool = True) -> Fraction | None:
        self.taken.add(key)
        return self.number(key, zero=zero) if self.has(key) else None

    def choice(self, key: str, *, among: type[Choice], default: Choice | None = None) -> Choice:
        if default is not None and not self.has(key):
            self.taken.add(key)
            return default
        raw = self.take(key)
        if isinstance(raw, str) and raw in list(among):
            return among(raw)
        if raw is not None:
            self.refuse(key, f"must be one of {', '.join(among)}, not {_quoted(raw)}")
        return next(iter(among))

    def flag(self, key: str, *, default: bool) -> bool:
        self.taken.add(key)
        raw = self.raw[key] if self.has(key) else default
        if not isinstance(raw, bool):
            self.refuse(key, f"must be true or false, not {_quoted(raw)}")
        return raw is True

    def instant_if_any(self, key: str) -> datetime | None:
        """Read an ISO 8601 instant; refuse one without its offset, which would be no instant."""
        self.taken.add(key)
        if not self.has(key):
            return None
        try:
            instant = datetime.fromisoformat(str(self.raw[key]))
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            self.refuse(
                key, f'must be an instant with its offset, such as "2020-03-11T10:00:00Z", not {_quoted(self.raw[key])}'
            )
        return instant

    def every_name(self) -> list[str]:
        """Take every field, for an object whose keys are names, in an order that does not depend on the writer."""
        self.taken.update(self.raw)
        return sorted(key for key in self.raw if self._name(key, at=str(key)))

    def close(self) -> None:
        for key in sorted(set(self.raw) - self.taken):
            self.refuse(key, "is not a field of the problem")

    def _list(self, key: str) -> list[object]:
        self.taken.add(key)
        raw = self.raw[key] if self.has(key) else []
        if isinstance(raw, list | tuple):
            return list(raw)
        self.refuse(key, "must be a list")
        return []

    def _name(self, raw: object, *, at: str) -> str:
        if isinstance(raw, str) and raw.isprintable() and 0 < len(raw) <= NAME_LENGTH and raw == raw.strip():
            return raw
        self.refuse(at, f"must be a name on one line, without spaces around it, not {_quoted(raw)}")
        return ""


def _quoted(raw: object) -> str:
    text = json.dumps(raw, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"

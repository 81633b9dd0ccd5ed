"""Guards: the conditions of an act, each with a stable code and a sentence. Pure: rules may import this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogues and return it unchanged; it is translated where it is shown."""
    return message


def _nothing(facts: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Objection:
    """A guard that stands against an act: its code, its sentence (a message id) and the values in it."""

    code: str
    message: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Guard:
    """A condition on frozen facts. `about` names the facts it reads; `details` gives the values of its sentence."""

    code: str
    message: str
    about: str
    holds: Callable[[Any], bool]
    details: Callable[[Any], Mapping[str, Any]] = _nothing

    def __call__(self, subject: Any) -> bool:
        return self.holds(subject.facts(self.about))

    def objection(self, facts: Any) -> Objection:
        """Return why the act cannot be done, with the values of these facts."""
        return Objection(self.code, self.message, dict(self.details(facts)))


def objections_to(guards: tuple[Guard, ...], facts: Any) -> list[Objection]:
    """Return every guard that does not hold, in order."""
    return [guard.objection(facts) for guard in guards if not guard.holds(facts)]

"""Guards: the conditions of an act, each with a stable code and a sentence. Pure: rules may import this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Permission = TypeVar("Permission", bound=Callable[..., bool])


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


def same_for_file(permission: Permission) -> Permission:
    """Mark a permission whose answer is the same for every row of one file: many rows that move together ask it once."""
    permission.same_for_file = True  # type: ignore[attr-defined]
    return permission


def is_same_for_file(permission: Callable[..., bool]) -> bool:
    """Tell whether a permission depends on the file and the person alone."""
    return bool(getattr(permission, "same_for_file", False))

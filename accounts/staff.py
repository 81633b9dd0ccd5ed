"""Who must have a second factor: staff roles here, seats on a call where those are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts import queries

Predicate = Callable[[Any], bool]
PREDICATES: list[Predicate] = []


def register(predicate: Predicate) -> Predicate:
    """Add a question about a person that makes the second factor compulsory when its answer is yes."""
    if predicate not in PREDICATES:
        PREDICATES.append(predicate)
    return predicate


def is_staff(user: Any) -> bool:
    """Tell whether a person holds a staff role anywhere, or satisfies a registered question."""
    if not getattr(user, "is_authenticated", False):
        return False
    return queries.holds_staff_role(user) or any(predicate(user) for predicate in PREDICATES)

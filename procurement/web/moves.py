"""Whose move is it: what waits on a person and what waits on others, room by room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.module_loading import import_string

FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Move:
    """Something to be done. `mine` tells whether it waits on the person who looks; else `whom` names the one it waits on."""

    title: str
    detail: str = ""
    url: str = ""
    due: datetime | None = None
    zone: str = ""
    mine: bool = True
    whom: str = ""


Room = Callable[[Any, datetime], list[Move]]
ROOMS = [  # moves(user, now) of each room, by name: the rooms know this module, not the other way round
    "procurement.web.moves_calls.moves",
    "procurement.web.moves_applications.moves",
    "procurement.web.moves_opening.moves",
    "procurement.web.moves_evaluation.moves",
    "procurement.web.moves_award.moves",
]


def moves_of(user: Any, *, now: datetime) -> tuple[list[Move], list[Move]]:
    """Return what waits on this person and what waits on others, the nearest date first."""
    found = [move for room in _rooms() for move in room(user, now)]
    found.sort(key=lambda move: (move.due or FAR, move.title))
    return [move for move in found if move.mine], [move for move in found if not move.mine]


def _rooms() -> list[Room]:
    return [import_string(name) for name in ROOMS]

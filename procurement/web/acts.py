"""Buttons of acts: permitted or not, and the sentences that the server would refuse with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflow import transitions
from workflow.guards import Guard, objections_to
from workflow.machine import Moving
from workflow.refusals import Reason


@dataclass(frozen=True)
class Button:
    """An act as a page draws it; not drawn at all for people who may not do it."""

    label: str
    url: str
    permitted: bool
    objections: list[Reason] = field(default_factory=list)


def button(subject: Moving, name: str, user: Any, *, now: datetime, url: str, label: str) -> Button:
    """Return the button of a move: its guards speak only to somebody who may make it, in the state it leaves from."""
    permitted = transitions.may(subject, name, actor=user)
    against = transitions.objections(subject, name, now=now) if permitted else []
    return Button(label=label, url=url, permitted=permitted, objections=against)


def reasons_against(guards: tuple[Guard, ...], facts: Any) -> list[Reason]:
    """Return the sentences that stand against an act that is not a move."""
    return [Reason(objection) for objection in objections_to(guards, facts)]

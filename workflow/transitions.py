"""The door: lock, permission, guards, change, save, audit event and outgoing messages in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django_fsm import Transition

from workflow import audit
from workflow.guards import Guard, objections_to
from workflow.machine import Moving
from workflow.refusals import NoSuchMove, NotPermitted, Reason, Refused

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Moving)


def arrow(subject: Moving, name: str) -> Transition | None:
    """Return the arrow of this name that leaves the present state, if there is one."""
    for candidate in subject.get_all_state_transitions():  # type: ignore[attr-defined]
        if candidate.name == name and candidate.source == subject.state:
            return candidate
    return None


def may(subject: Moving, name: str, *, actor: Any) -> bool:
    """Tell whether this person may make this move from the present state, whatever the guards say."""
    move = arrow(subject, name)
    return bool(move and move.permission and move.permission(subject, actor))


def objections(subject: Moving, name: str, *, now: datetime) -> list[Reason]:
    """Return the reasons that stand against a move, in order: the sentences the page shows beside the button."""
    move = arrow(subject, name)
    if move is None:
        return NoSuchMove(subject=subject, act=name).reasons
    subject.ask(now=now)
    return [Reason(guard.objection(subject.facts(guard.about))) for guard in move.conditions if not guard(subject)]


def pass_through(subject: M, name: str, *, actor: Any, now: datetime, reason: str = "", **details: Any) -> M:
    """Move a subject to its next state and write the event; refuse with every reason at once.

    `actor` None is the clock. `details` (identifiers only, never names) go to the event.
    """
    with transaction.atomic():
        subject.hold()
        locked = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
        move = _permitted(locked, name, actor=actor, now=now)
        source = locked.state
        getattr(locked, name)(now=now, actor=actor)
        locked.save()
        if reason:
            details["reason"] = reason
        audit.record(
            locked, name, source=source, target=str(move.target), actor=actor, now=now, details=details
        )
    return locked


def _permitted(subject: Moving, name: str, *, actor: Any, now: datetime) -> Transition:
    move = arrow(subject, name)
    if move is None:
        raise NoSuchMove(subject=subject, act=name)
    if not (move.permission and move.permission(subject, actor)):
        raise NotPermitted(subject=subject, act=name)
    subject.ask(now=now)
    against = [guard.objection(subject.facts(guard.about)) for guard in move.conditions if not guard(subject)]
    if against:
        raise Refused(against, subject=subject, act=name)
    return move


def demand(guards: tuple[Guard, ...], facts: Any, *, subject: Any, act: str) -> None:
    """Refuse an act that is not a change of state, with every guard that does not hold."""
    if against := objections_to(guards, facts):
        raise Refused(against, subject=subject, act=act)


def demand_permission(allowed: bool, *, subject: Any, act: str) -> None:
    """Refuse an act to a person who may not do it."""
    if not allowed:
        raise NotPermitted(subject=subject, act=act)


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Run an action in one transaction; a refused attempt leaves an event of its own (2014/24/EU, annex IV (g))."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except (Refused, NotPermitted) as refusal:
            audit.record_refusal(refusal, actor=kwargs.get("actor"), now=kwargs.get("now"))
            raise

    run.audited = True  # type: ignore[attr-defined]
    return run

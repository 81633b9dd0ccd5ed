"""The door: lock, permission, guards, change, save, audit event and outgoing messages in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django_fsm import Transition

from workflow import audit
from workflow.guards import Guard, is_same_for_file, objections_to
from workflow.kept_rows import update
from workflow.machine import Moving
from workflow.models import AuditEvent
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
    if reason:
        details["reason"] = reason
    with transaction.atomic():
        subject.hold()
        return _moved(_locked(subject), name, actor=actor, now=now, details=details)


def pass_held(locked: M, name: str, *, actor: Any, now: datetime, **details: Any) -> M:
    """Do the same for a row that this transaction has locked and read under its lock, and asked about at this instant."""
    return _moved(locked, name, actor=actor, now=now, details=details, asked=True)


def _moved(locked: M, name: str, *, actor: Any, now: datetime, details: dict[str, Any], asked: bool = False) -> M:
    move = _permitted(locked, name, actor=actor, now=now, asked=asked)
    source = locked.state
    getattr(locked, name)(now=now, actor=actor)
    update(locked)
    audit.record(locked, name, source=source, target=str(move.target), actor=actor, now=now, details=details)
    return locked


def _locked(subject: M) -> M:
    rows = type(subject)._default_manager.select_for_update(of=("self",))
    found: M = (rows.select_related(*subject.TOGETHER) if subject.TOGETHER else rows).get(pk=subject.pk)
    found.take_over(subject)
    return found


def pass_all_through(
    subjects: QuerySet[M], name: str, *, actor: Any, now: datetime, reason: str = "", **details: Any
) -> list[M]:
    """Move every row of a query to its next state, with an event each; when one of them may not move, none does.

    For what one act brings about for many rows. The number of statements does not depend on how many there are, where
    the arrow has no guards and its permission is the same for a whole file.
    """
    if reason:
        details["reason"] = reason
    with transaction.atomic():
        locked = list(subjects.select_for_update(of=("self",)).order_by("pk"))
        answers = _Answers()
        moved: dict[tuple[tuple[str, Any], ...], list[Any]] = defaultdict(list)
        events: list[AuditEvent] = []
        for subject in locked:
            subject.hold()
            move, source = _permitted(subject, name, actor=actor, now=now, answers=answers), subject.state
            moved[_changes(subject, name, actor=actor, now=now)].append(subject.pk)
            states = {"source": source, "target": str(move.target)}
            events.append(audit.event_of(subject, name, actor=actor, now=now, details=details, **states))
        for changes, keys in moved.items():
            subjects.model._default_manager.filter(pk__in=keys).update(**dict(changes))
        audit.write(events)
    return locked


def _changes(subject: Moving, name: str, *, actor: Any, now: datetime) -> tuple[tuple[str, Any], ...]:
    """Run the arrow's body and return the columns that it changed, with their new values."""
    columns = [field.attname for field in subject._meta.concrete_fields]
    before = dict(subject.__dict__)
    getattr(subject, name)(now=now, actor=actor)
    after = subject.__dict__
    return tuple(
        (column, after[column]) for column in columns if column in after and after[column] != before.get(column)
    )


@dataclass
class _Answers:
    """What was answered for a row and holds for the next one too: arrows by state, permissions by file."""

    arrows: dict[str, Transition | None] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)

    def arrow_of(self, subject: Moving, name: str) -> Transition | None:
        """Return the arrow that leaves the row's state."""
        if subject.state not in self.arrows:
            self.arrows[subject.state] = arrow(subject, name)
        return self.arrows[subject.state]

    def allows(self, move: Transition, subject: Moving, actor: Any) -> bool:
        """Ask the permission of the arrow, once for each file where it says that it depends on nothing else."""
        if not (move.permission and is_same_for_file(move.permission)):
            return bool(move.permission and move.permission(subject, actor))
        asked = f"{move.source} {subject.scope}"
        if asked not in self.permissions:
            self.permissions[asked] = bool(move.permission(subject, actor))
        return self.permissions[asked]


def _permitted(
    subject: Moving, name: str, *, actor: Any, now: datetime, answers: _Answers | None = None, asked: bool = False
) -> Transition:
    answers = answers or _Answers()
    move = answers.arrow_of(subject, name)
    if move is None:
        raise NoSuchMove(subject=subject, act=name)
    if not answers.allows(move, subject, actor):
        raise NotPermitted(subject=subject, act=name)
    if not asked:
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
            refusal.noted = audit.record_refusal(refusal, actor=kwargs.get("actor"), now=kwargs.get("now")) is not None
            raise

    run.audited = True  # type: ignore[attr-defined]
    return run

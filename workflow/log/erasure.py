"""Erasing the personal body of events: actor, details, salt. The tree stays sound, and the erasure is an event itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from workflow import audit
from workflow.log.entries import ERASED, PEOPLE
from workflow.models import AuditEvent, AuditSalt

ACT = "erase_event_bodies"
AT_ONCE = 1000  # events named by one event of an erasure


class NotSealed(RuntimeError):
    """An event is not sealed yet: nothing would prove later that it was there."""


def erase(events: Any, *, cause: str, actor: Any, now: datetime) -> int:
    """Erase the bodies of a query of events and return how many; those of erasures stay, for they say what is missing.

    `cause` says why, in a word or two that name nobody. Refuses events that are not sealed yet, and a cause left empty.
    """
    if not cause.strip():
        raise ValueError("An erasure says why.")
    with transaction.atomic():
        wanted = events.exclude(act=ACT).exclude(details=ERASED)
        if wanted.filter(leaf=None).exists():
            raise NotSealed("Some of these events are not sealed yet: seal the log first.")
        keys = list(wanted.order_by("id").values_list("id", flat=True))
        for first in range(0, len(keys), AT_ONCE):
            _erase(keys[first : first + AT_ONCE], cause=cause.strip(), actor=actor, now=now)
    return len(keys)


def _erase(keys: Sequence[int], *, cause: str, actor: Any, now: datetime) -> None:
    """Write the event first: the triggers let nothing go that it does not name."""
    audit.write(
        [
            AuditEvent(
                at=now, actor_id=getattr(actor, "pk", None), act=ACT, subject_type=AuditEvent._meta.db_table,
                details={"events": list(keys), "cause": cause},
            )
        ]
    )  # fmt: skip
    AuditSalt.objects.filter(event__in=keys).delete()
    rows = AuditEvent.objects.filter(pk__in=keys)
    rows.filter(subject_type__in=PEOPLE).update(actor_id=None, details=ERASED, subject_id="")
    rows.exclude(subject_type__in=PEOPLE).update(actor_id=None, details=ERASED)

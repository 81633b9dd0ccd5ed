"""Erase what the log holds about a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts import rules
from accounts.models import User
from workflow.log import erasure
from workflow.models import AuditEvent
from workflow.transitions import demand, use_case


@use_case
def erase_event_bodies(*, person: User, files: Sequence[str] = (), cause: str, actor: Any, now: datetime) -> int:
    """Erase who acted, and with what details, in the events of a person; return how many (GDPR, article 17).

    Events of no file at once; those of a call only when its reference is among `files`, for the record of a procedure is
    kept by law while its retention runs. For whoever runs the installation: no page leads here. Refuses without a cause,
    and while some of the events are not sealed.
    """
    events = events_of(person, files=files)
    unsealed = events.filter(leaf=None).exists()
    demand(rules.ERASURE, rules.Erasure(unsealed=unsealed, cause=cause), subject=person, act="erase_event_bodies")
    return erasure.erase(events, cause=cause, actor=actor, now=now)


def events_of(person: User, *, files: Sequence[str]) -> QuerySet[AuditEvent]:
    """Return the events that a person did or that were done to their account, outside every file and in those named."""
    about = Q(subject_type=User._meta.db_table, subject_id=str(person.pk))
    return AuditEvent.objects.filter(Q(actor_id=person.pk) | about, scope__in=["", *files])

"""Confirm one's own presence at an opening."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.models import OpeningSession, Presence
from procurement.models.facts.attendance import attendance_facts
from procurement.queries.impartiality import seat_of
from procurement.rules import attendance
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def confirm_presence(*, session: OpeningSession, actor: User, now: datetime) -> Presence:
    """Record that a key holder or an observer is present; a second confirmation changes nothing.

    Refuses anybody else, a seat not accepted, a key not confirmed, and a session that has ended.
    """
    call = session.call
    demand_permission(may.attend_opening(call, actor), subject=call, act="confirm_presence")
    locked = OpeningSession.objects.select_for_update().get(pk=session.pk)
    member = seat_of(call, actor)
    demand(attendance.CONFIRM, attendance_facts(member, session=locked), subject=call, act="confirm_presence")
    presence, created = Presence.objects.get_or_create(
        session=locked, member=member, defaults={"holds_key": hasattr(member, "key"), "confirmed_at": now}
    )
    if created:
        audit.record(
            presence, "confirm_presence", actor=actor, now=now, scope=call.reference, details={"session": locked.pk}
        )
    return presence

"""End an opening session without opening anything."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.models import OpeningSession, PieceRelease
from procurement.models.facts.attendance import attendance_facts
from procurement.rules import attendance
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def end_session(*, session: OpeningSession, actor: User, now: datetime, remarks: str = "") -> OpeningSession:
    """End a session whose quorum did not come; presences are kept, and a new session starts from none."""
    call = session.call
    demand_permission(may.start_opening(call, actor), subject=call, act="end_session")
    locked = OpeningSession.objects.select_for_update(of=("self",)).select_related("call").get(pk=session.pk)
    demand(attendance.END, attendance_facts(None, session=locked), subject=call, act="end_session")
    conclude(locked, opened=False, remarks=remarks, now=now)
    audit.record(locked, "end_session", actor=actor, now=now, scope=call.reference)
    return locked


def conclude(session: OpeningSession, *, opened: bool, remarks: str, now: datetime) -> None:
    """Write how a session ended; what was released in it is forgotten."""
    PieceRelease.objects.filter(session=session).delete()
    session.ended_at, session.opened, session.remarks = now, opened, remarks.strip()
    session.save(update_fields=["ended_at", "opened", "remarks"])

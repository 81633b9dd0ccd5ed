"""Ask a member of a committee again for what waits on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.tell import tell
from procurement.models import CommitteeMember
from procurement.rules import committee
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def remind_member(*, member: CommitteeMember, actor: Any, now: datetime) -> CommitteeMember:
    """Send again the mail of the appointment or of the key, at most once a day; refuses a seat that has ended."""
    demand_permission(permissions.appoint_committee(member.call, actor), subject=member, act="remind_member")
    demand(committee.ACCEPT, committee.MemberFacts(seated=member.ended_at is None), subject=member, act="remind_member")
    kind = "seat_given" if member.accepted_at is None else "key_named"
    tell(kind=kind, to=member.user, key=f"{member.pk}:{now.date()}", now=now, call=member.call)
    audit.record(member, "remind_member", actor=actor, now=now, scope=member.call.reference)
    return member

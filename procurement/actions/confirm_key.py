"""Confirm one's key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import KeyHolder
from procurement.rules import committee
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def confirm_key(*, holder: KeyHolder, actor: Any, now: datetime) -> KeyHolder:
    """Note that the holder, in their own account, holds the key; refuses a seat that has ended or is not accepted."""
    locked = KeyHolder.objects.select_for_update(of=("self",)).select_related("member", "call").get(pk=holder.pk)
    member = locked.member
    demand_permission(member.user_id == actor.pk, subject=locked, act="confirm_key")
    facts = committee.MemberFacts(seated=member.ended_at is None, accepted=member.accepted_at is not None)
    demand(committee.CONFIRM_KEY, facts, subject=locked, act="confirm_key")
    if locked.confirmed_at:
        return locked
    locked.confirmed_at = now
    locked.save(update_fields=["confirmed_at"])
    audit.record(locked, "confirm_key", actor=actor, now=now, scope=locked.call.reference)
    return locked

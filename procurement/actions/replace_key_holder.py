"""Replace a key holder while the call collects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.tell import tell
from procurement.models import CommitteeMember, KeyHolder
from procurement.models.facts.keys import replacement_facts
from procurement.models.holding import hold_call
from procurement.rules import keys, reasons
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def replace_key_holder(
    *, holder: KeyHolder, member: CommitteeMember, reason: str, actor: Any, now: datetime
) -> KeyHolder:
    """Ask another member for a key in place of a holder's; refuses before the publication and after the deadline.

    Nothing is sealed again: until the new holder confirms, the former one stays in the roster; from then on submissions
    are sealed to the new one, and those made before stay sealed to the former.
    """
    call = hold_call(holder.call)
    demand_permission(permissions.appoint_committee(call, actor), subject=call, act="replace_key_holder")
    former = KeyHolder.objects.select_for_update(of=("self",)).select_related("call", "member").get(pk=holder.pk)
    facts = replacement_facts(former, member=member, now=now)
    demand(keys.REPLACE, facts, subject=call, act="replace_key_holder")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="replace_key_holder")
    KeyHolder.objects.filter(replaces=former, confirmed_at=None).delete()
    named = KeyHolder.objects.create(call=call, member=member, replaces=former)
    tell(kind="key_named", to=member.user, key=f"{call.pk}:{member.pk}:{now.isoformat()}", now=now, call=call)
    details = {"former": former.member_id, "member": member.pk, "reason": reason.strip()}
    audit.record(named, "replace_key_holder", actor=actor, now=now, scope=call.reference, details=details)
    return named

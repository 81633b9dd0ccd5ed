"""Replace a key holder while the call collects: one person asks, another decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.enums import Role
from procurement import permissions
from procurement.actions.tell import tell
from procurement.models import Call, CommitteeMember, KeyHolder, KeyReplacement
from procurement.models.facts.keys import decision_facts, replacement_facts
from procurement.models.holding import hold_call
from procurement.queries.people import holders_of
from procurement.rules import keys, reasons
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case

DECIDERS = (Role.OFFICER, Role.APPROVER, Role.AUTHORITY)


@use_case
def ask_key_replacement(
    *, holder: KeyHolder, member: CommitteeMember, reason: str, actor: Any, now: datetime
) -> KeyReplacement:
    """Ask, with a reason, that a member hold a key in place of a holder; nothing changes until another person agrees.

    Refuses before the publication and after the deadline (KEY-…), and while another request for this holder waits.
    """
    call = hold_call(holder.call)
    demand_permission(permissions.ask_key_replacement(call, actor), subject=call, act="ask_key_replacement")
    former = _former(holder)
    facts = replacement_facts(former, member=member, now=now)
    demand(keys.ASK_REPLACEMENT, facts, subject=call, act="ask_key_replacement")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="ask_key_replacement")
    asked = KeyReplacement.objects.create(
        former=former, member=member, reason=reason.strip(), asked_at=now, asked_by=actor
    )
    details = {"replacement": asked.pk, "former": former.member_id, "member": member.pk, "reason": reason.strip()}
    audit.record(former, "ask_key_replacement", actor=actor, now=now, scope=call.reference, details=details)
    for person in holders_of(call, *DECIDERS).exclude(pk__in=(actor.pk, member.user_id)):
        tell(kind="key_replacement_asked", to=person, key=str(asked.pk), now=now, call=call, label=former.member.label)
    return asked


@use_case
def replace_key_holder(*, replacement: KeyReplacement, reason: str, actor: Any, now: datetime) -> KeyHolder:
    """Agree, as another person than who asked and who is to hold the key: the member is asked to make one.

    Nothing is sealed again: until the new holder confirms, the former one stays in the roster; from then on submissions
    are sealed to the new one, and those made before stay sealed to the former. Refuses after the deadline.
    """
    call = hold_call(replacement.former.call)
    demand_permission(permissions.decide_key_replacement(call, actor), subject=call, act="replace_key_holder")
    asked = _asked(replacement)
    former = _former(asked.former)
    demand(
        keys.REPLACE, replacement_facts(former, member=asked.member, now=now), subject=call, act="replace_key_holder"
    )
    demand(keys.AGREE, decision_facts(asked, actor=actor), subject=call, act="replace_key_holder")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="replace_key_holder")
    _decide(asked, agreed=True, reason=reason, actor=actor, now=now)
    KeyHolder.objects.filter(replaces=former, confirmed_at=None).delete()  # who did not answer gives way
    named = KeyHolder.objects.create(call=call, member=asked.member, replaces=former)
    tell(
        kind="key_named", to=asked.member.user, key=f"{call.pk}:{asked.member_id}:{now.isoformat()}", now=now, call=call
    )
    details = {"replacement": asked.pk, "former": former.member_id, "member": asked.member_id}
    _noted(call, named, "replace_key_holder", actor=actor, now=now, details={**details, "reason": reason.strip()})
    return named


@use_case
def drop_key_replacement(*, replacement: KeyReplacement, reason: str, actor: Any, now: datetime) -> KeyReplacement:
    """Decline the request, or take one's own back, with a reason: the holder stays."""
    call = hold_call(replacement.former.call)
    asked = _asked(replacement)
    allowed = permissions.drop_key_replacement(call, actor, asked)
    demand_permission(allowed, subject=call, act="drop_key_replacement")
    demand(keys.DROP, decision_facts(asked, actor=actor), subject=call, act="drop_key_replacement")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="drop_key_replacement")
    _decide(asked, agreed=False, reason=reason, actor=actor, now=now)
    details = {"replacement": asked.pk, "reason": reason.strip()}
    _noted(call, asked.former, "drop_key_replacement", actor=actor, now=now, details=details)
    return asked


def _former(holder: KeyHolder) -> KeyHolder:
    return KeyHolder.objects.select_for_update(of=("self",)).select_related("call", "member").get(pk=holder.pk)


def _asked(replacement: KeyReplacement) -> KeyReplacement:
    rows = KeyReplacement.objects.select_for_update(of=("self",)).select_related("former__call", "member__user")
    return rows.get(pk=replacement.pk)


def _decide(asked: KeyReplacement, *, agreed: bool, reason: str, actor: Any, now: datetime) -> None:
    asked.agreed, asked.decision_reason, asked.decided_at, asked.decided_by = agreed, reason.strip(), now, actor
    asked.save(update_fields=["agreed", "decision_reason", "decided_at", "decided_by"])


def _noted(call: Call, subject: KeyHolder, act: str, *, actor: Any, now: datetime, details: dict[str, Any]) -> None:
    audit.record(subject, act, actor=actor, now=now, scope=call.reference, details=details)

"""Name the members whose presence opens the envelopes, and how many of them are needed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.tell import tell
from procurement.enums import CallState
from procurement.models import Call, CommitteeMember, KeyHolder
from procurement.rules import committee
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def name_key_holders(
    *, call: Call, members: Collection[CommitteeMember], quorum: int, actor: Any, now: datetime
) -> Call:
    """Write the holders and the quorum; those who stay keep their confirmation. Refuses after the publication.

    Outside a draft the rule of two to seven holds at once, because nothing else would check it again.
    """
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand_permission(permissions.appoint_committee(locked, actor), subject=locked, act="name_key_holders")
    chosen = {member.pk: member for member in members}
    seated = set(locked.members.filter(ended_at=None, pk__in=chosen).values_list("pk", flat=True))
    facts = committee.HolderFacts(
        published=locked.published_at is not None or locked.ended_at is not None,
        draft=locked.state == CallState.DRAFT,
        holders=len(seated),
        quorum=quorum,
        outsiders=len(chosen.keys() - seated),
    )
    demand(committee.NAME_HOLDERS, facts, subject=locked, act="name_key_holders")
    locked.key_holders.exclude(member_id__in=seated).delete()
    known = set(locked.key_holders.values_list("member_id", flat=True))
    for pk in sorted(seated - known):
        KeyHolder.objects.create(call=locked, member=chosen[pk])
        tell(kind="key_named", to=chosen[pk].user, key=f"{locked.pk}:{pk}:{now.isoformat()}", now=now, call=locked)
    locked.quorum = quorum
    locked.draft = {**locked.draft, "keys": {"at": now.isoformat(), "by": actor.pk}}
    locked.save(update_fields=["quorum", "draft"])
    audit.record(
        locked, "name_key_holders", actor=actor, now=now, details={"members": sorted(seated), "quorum": quorum}
    )
    return locked

"""Ask every key holder to open a dummy envelope before the deadline, and note who did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.keep_key import lock_holder
from procurement.actions.tell import tell
from procurement.models import Call, KeyDrill, KeyHolder
from procurement.models.facts.keys import answer_facts, drill_facts
from procurement.models.holding import hold_call
from procurement.queries.drills import new_drill, waiting_drill
from procurement.queries.roster import holders_of
from procurement.rules import keys
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def ask_drill(*, call: Call, actor: Any, now: datetime) -> list[KeyDrill]:
    """Put a new dummy envelope before each holder and tell them; refuses before the publication and after the deadline."""
    locked = hold_call(call)
    demand_permission(permissions.ask_drill(locked, actor), subject=locked, act="ask_drill")
    demand(keys.DRILL, drill_facts(locked, now=now), subject=locked, act="ask_drill")
    drills = [new_drill(holder, now=now, asked_by=actor) for holder in holders_of(locked)]
    for drill in drills:
        tell(kind="drill_asked", to=drill.holder.member.user, call=locked, key=str(drill.pk), now=now)
    audit.record(locked, "ask_drill", actor=actor, now=now, details={"drills": [drill.pk for drill in drills]})
    return drills


@use_case
def pass_drill(*, holder: KeyHolder, answer: bytes, actor: Any, now: datetime) -> KeyDrill:
    """Note that a holder opened the dummy envelope; a wrong answer is refused (KEY-06) and leaves its trace."""
    locked = lock_holder(holder)
    demand_permission(locked.member.user_id == actor.pk, subject=locked, act="pass_drill")
    drill = waiting_drill(locked)
    demand(keys.ANSWER, answer_facts(locked, drill=drill, answer=answer), subject=locked, act="pass_drill")
    assert drill is not None  # KEY-06 spoke otherwise
    drill.answered_at = now
    drill.save(update_fields=["answered_at"])
    audit.record(locked, "pass_drill", actor=actor, now=now, scope=locked.call.reference, details={"drill": drill.pk})
    return drill

"""What every act on a draft begins and ends with: the lock, the permission, the state; then the stamp of the part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.models import Call
from procurement.models.holding import hold_call
from procurement.rules import drafting
from workflow import audit
from workflow.transitions import demand, demand_permission


def hold_draft(*, call: Call, part: str, seen: str, actor: Any, act: str) -> Call:
    """Return the locked draft; refuse people who are not officers, other states, and a part saved from elsewhere meanwhile."""
    locked = hold_call(call)
    demand_permission(permissions.draft_call(locked, actor), subject=locked, act=act)
    facts = drafting.DraftFacts(state=locked.state, seen=seen, saved=seen_of(locked, part))
    demand(drafting.WRITE, facts, subject=locked, act=act)
    return locked


def seen_of(call: Call, part: str) -> str:
    """Return the mark of the last saving of a part: the form carries it back."""
    return str(call.draft.get(part, {}).get("at", ""))


def stamp(
    *, call: Call, part: str, actor: Any, now: datetime, act: str, columns: list[str] | None = None, typed: Any = None
) -> Call:
    """Note when and by whom a part was saved, with the columns written, and leave the event."""
    entry = {"at": now.isoformat(), "by": actor.pk, **({"typed": typed} if typed else {})}
    call.draft = {**call.draft, part: entry}
    call.save(update_fields=["draft", *(columns or [])])
    details = {"part": part, **({"columns": columns} if columns else {})}
    audit.record(call, act, actor=actor, now=now, details=details)
    return call

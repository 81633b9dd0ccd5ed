"""Choose the rule set of a draft and change its values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.drafting import hold_draft, stamp
from procurement.models import Call
from procurement.rules import presets
from workflow.transitions import use_case


@use_case
def set_rules(
    *,
    call: Call,
    preset: str,
    actor: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
    reasons: dict[str, str] | None = None,
    seen: str = "",
) -> Call:
    """Copy a preset with the changed values, of the keys that it has, and the written reason of each change.

    A reason for a value that is not changed is dropped.
    """
    locked = hold_draft(call=call, part="rules", seen=seen, actor=actor, act="set_rules")
    rules = presets.preset(preset)
    rules.update({key: value for key, value in (changes or {}).items() if key in presets.CHANGEABLE})
    given = {key: text.strip() for key, text in (reasons or {}).items() if text.strip()}
    rules["reasons"] = {key: given[key] for key in presets.changes(rules) if key in given}
    locked.preset, locked.rules = preset, rules
    columns = ["preset", "rules"]
    return stamp(call=locked, part="rules", actor=actor, now=now, act="set_rules", columns=columns)

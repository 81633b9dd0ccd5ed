"""Draft one letter for each applicant who must be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.models import Call, Letter
from procurement.models.facts.letters import letter_facts
from procurement.models.holding import hold_call
from procurement.models.recipients import letter_round, recipients
from procurement.rules import notifying
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def draft_letters(*, call: Call, actor: Any, now: datetime) -> list[Letter]:
    """Draft the letters of the present round that do not exist yet; what was written and sent is left as it is.

    Refuses before the decision, and for a call none of whose envelopes was opened.
    """
    call = hold_call(call)
    demand_permission(permissions.send_letters(call, actor), subject=call, act="draft_letters")
    demand(notifying.DRAFTABLE, letter_facts(call), subject=call, act="draft_letters")
    return write_drafts(call=call, actor=actor, now=now)


def write_drafts(*, call: Call, actor: Any, now: datetime) -> list[Letter]:
    """Write the drafts that do not exist yet, as part of an act that asked already whether they may be."""
    number, drafted = letter_round(call), []
    for application, kind in recipients(call):
        letter, created = Letter.objects.get_or_create(
            application=application, round=number, defaults={"call": call, "kind": kind, "drafted_at": now}
        )
        if created:
            audit.record(letter, "draft_letter", actor=actor, now=now, details={"kind": str(kind)})
            drafted.append(letter)
    return drafted

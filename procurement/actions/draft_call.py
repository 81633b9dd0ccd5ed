"""Begin a call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Organisation
from procurement import permissions
from procurement.models import Call
from procurement.rules import drafting, presets
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def draft_call(
    *,
    organisation: Organisation,
    reference: str,
    title: dict[str, str],
    actor: Any,
    now: datetime,
    language: str = "fr",
    languages: list[str] | None = None,
    preset: str = "prag",
    **columns: Any,
) -> Call:
    """Create a draft with a copy of a rule set; refuses people who are not officers there, and a reference in use."""
    call = Call(
        organisation=organisation,
        reference=reference,
        title=title,
        language=language,
        languages=languages or [language],
        preset=preset,
        rules=presets.preset(preset),
        created_at=now,
        created_by=actor,
        **{"timezone": organisation.timezone, **columns},
    )
    demand_permission(permissions.draft_call(call, actor), subject=None, act="draft_call")
    free = not Call.objects.filter(reference__iexact=reference).exists()
    demand(drafting.REFERENCE, free, subject=None, act="draft_call")
    call.save()
    audit.record(call, "draft_call", actor=actor, now=now, target=call.state)
    return call

"""Record a drawing of lots that people held, and rank again with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from procurement import permissions
from procurement.actions.rank_applications import latest_run, run_engine
from procurement.enums import CallState
from procurement.models import Call, EngineRun
from procurement.models.holding import hold_call
from procurement.rules import draw, reasons
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def record_draw(*, call: Call, order: Sequence[str], held: str, actor: Any, now: datetime) -> EngineRun:
    """Keep the order in which tied labels were drawn and `held`: where, how and before whom. The chair or the secretary.

    Refuses an order that is not exactly one tie of the latest run, and a call whose rules declare no drawing.
    """
    call = hold_call(call)
    demand_permission(permissions.lead_committee(call, actor), subject=call, act="record_draw")
    run = latest_run(call)
    facts = draw.DrawFacts(
        ranked=call.state == CallState.RANKED,
        rules=tuple(call.rules["tie_break"]),
        ties=tuple(tuple(tie) for tie in run.result["ties"]) if run else (),
        order=tuple(order),
    )
    demand(draw.RECORD, facts, subject=call, act="record_draw")
    demand(reasons.GIVEN, reasons.ReasonFacts(held), subject=call, act="record_draw")
    drawn = {"order": list(order), "held": held.strip(), "by": actor.pk, "at": now.isoformat()}
    audit.record(call, "record_draw", actor=actor, now=now, details={"order": list(order)})
    reason = gettext("Lots were drawn: %(order)s.") % {"order": ", ".join(order)}
    return run_engine(call=call, reason=reason, actor=actor, now=now, drawn=drawn)

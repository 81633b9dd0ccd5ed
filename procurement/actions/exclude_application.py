"""Put an application out of the race by a reasoned decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.disclose_marks import disclose_when_complete
from procurement.actions.rank_applications import run_engine, somebody_left
from procurement.enums import CallState
from procurement.models import Application
from procurement.models.holding import hold_call
from procurement.rules import exclusion, reasons
from workflow.transitions import demand, demand_permission, pass_through, use_case


@use_case
def exclude_application(*, application: Application, reason: str, actor: Any, now: datetime) -> Application:
    """Exclude, with a reason of 20 characters; once the call is ranked everybody left is computed again.

    Refuses a call whose award is proposed or decided, and an application that is not in the race.
    """
    call = hold_call(application.call)
    demand_permission(permissions.lead_committee(call, actor), subject=call, act="exclude_application")
    demand(exclusion.EXCLUDE, exclusion.ExclusionFacts(call.state), subject=call, act="exclude_application")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="exclude_application")
    excluded = pass_through(application, "exclude", actor=actor, now=now, reason=reason.strip())
    excluded.exclusion_reason = reason.strip()
    excluded.save(update_fields=["exclusion_reason"])
    if call.state == CallState.RANKED and somebody_left(call):
        run_engine(call=call, reason=reason.strip(), actor=actor, now=now)
    disclose_when_complete(call=call, now=now)
    return excluded

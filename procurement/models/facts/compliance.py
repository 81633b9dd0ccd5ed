"""The facts of the compliance check of one application."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from procurement.enums import ApplicationState, CallState, EnvelopeKind, Verdict
from procurement.models.facts.moments import label
from procurement.rules.compliance import CheckFacts

if TYPE_CHECKING:
    from procurement.models import Application

SETTLED = (Verdict.OK, Verdict.WAIVED)
DECIDED = (ApplicationState.COMPLIANT, ApplicationState.NON_COMPLIANT)
WANTING = (Verdict.MISSING, Verdict.INVALID)


def check_facts(application: Application, *, now: datetime, **of_the_act: Any) -> CheckFacts:
    """Gather where the check of an application stands; `of_the_act` are the fields that the act itself brings."""
    call = application.call
    items = list(application.compliance_items.select_related("requirement"))
    request = getattr(application, "completion_request", None)
    window_open = request is not None and request.answered_at is None and now < request.due_at
    checking = call.state == CallState.COMPLIANCE
    return CheckFacts(
        in_check=checking and application.state == ApplicationState.OPENED,
        decided=checking and application.state in DECIDED,
        pending=_codes(item for item in items if item.verdict == Verdict.PENDING),
        standing=_codes(item for item in items if item.verdict not in SETTLED),
        unread=_codes(_unread(items, request)),
        asked=request is not None,
        window_open=window_open,
        due_label=label(request.due_at, call=call) if request and window_open else "",
        **of_the_act,
    )


def _codes(items: Any) -> tuple[str, ...]:
    return tuple(item.requirement.code for item in items)


def _unread(items: list[Any], request: Any) -> list[Any]:
    if request is None or request.answered_at is None:
        return []
    sent = set(request.documents.filter(removed_at=None).values_list("requirement_id", flat=True))
    return [
        item
        for item in items
        if item.requirement_id in sent and (item.checked_at is None or item.checked_at < request.answered_at)
    ]


def not_askable(application: Application, *, chosen: set[str]) -> tuple[str, ...]:
    """Return the codes that may not be asked for: not to be completed, not found wanting, or sealed."""
    askable = {
        item.requirement.code
        for item in application.compliance_items.select_related("requirement")
        if item.verdict in WANTING
        and item.requirement.completable
        and item.requirement.envelope == EnvelopeKind.TECHNICAL
    }
    return tuple(sorted(chosen - askable))

"""The facts of an opening. Before it, nothing here depends on how many applied."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count

from procurement.enums import ApplicationState, CallState, EnvelopeKind
from procurement.models.facts.moments import label
from procurement.rules.opening import OpeningFacts

if TYPE_CHECKING:
    from procurement.models import Call

REMAINING = {CallState.OPENED: EnvelopeKind.TECHNICAL, CallState.FINANCIAL_OPENED: EnvelopeKind.FINANCIAL}


def opening_facts(call: Call, *, now: datetime) -> OpeningFacts:
    """Gather what closing and opening depend on."""
    latest = call.latest_deadline()
    technical = _session(call, EnvelopeKind.TECHNICAL)
    financial = _session(call, EnvelopeKind.FINANCIAL)
    here = {session: _present(session) for session in {technical, financial}}
    return OpeningFacts(
        now=now,
        latest_deadline=latest,
        deadline_label=label(latest, call=call),
        opening_at=call.opening_at,
        opening_label=label(call.opening_at, call=call),
        financial_opening_at=call.financial_opening_at,
        financial_opening_label=label(call.financial_opening_at, call=call),
        session_open=technical is not None,
        present=here[technical][0],
        quorum=call.quorum,
        waiting_members=_waiting(call),
        financial_session_open=financial is not None,
        financial_present=here[financial][0],
        two_envelopes=call.two_envelopes,
        passed=call.applications.filter(state=ApplicationState.PASSED).count() if call.opened_at else 0,
        state=call.state,
        remaining=remaining(call),
        released=here[technical][1],
        financial_released=here[financial][1],
    )


def remaining(call: Call) -> int:
    """Count what an opening left closed and a further session would open."""
    if call.state not in REMAINING:
        return 0
    envelopes = apps.get_model("procurement", "Envelope").objects.filter(application__call=call, opened_at=None)
    failed = envelopes.filter(kind=REMAINING[call.state]).exclude(unreadable={}).count()
    decided = call.applications.filter(state=ApplicationState.LATE, late_decision__decided_at__isnull=False)
    return int(failed + (decided.count() if call.state == CallState.OPENED else 0))


def _waiting(call: Call) -> tuple[str, ...]:
    invited = call.seat_invitations.filter(taken_at=None, withdrawn_at=None).values_list("label", flat=True)
    return (*call.members.filter(ended_at=None, accepted_at=None).values_list("label", flat=True), *invited)


def _session(call: Call, kind: EnvelopeKind) -> Any:
    return call.sessions.filter(kind=kind, ended_at=None).first()


def _present(session: Any) -> tuple[int, int]:
    """Return how many key holders are here, and how many of them have released their pieces."""
    if session is None:
        return 0, 0
    keys = session.presences.filter(holds_key=True, member__ended_at=None)
    counted = keys.aggregate(here=Count("pk"), released=Count("released_at"))
    return counted["here"], counted["released"]

"""Move a published deadline later because the service failed: one person proposes it with the evidence, another decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from procurement import permissions
from procurement.actions.later_dates import move_dates, publish_deadline
from procurement.actions.tell import tell
from procurement.actions.tell_applicants import ask_to_tell_applicants
from procurement.actions.write_paper import write_paper
from procurement.enums import ApplicationState, CallState, PaperKind
from procurement.models import Call, DeadlineExtension
from procurement.models.facts.extension import extension_facts, faults_for
from procurement.models.holding import hold_call
from procurement.queries.papers.notice import notice_facts, notice_language
from procurement.queries.people import approvers_of
from procurement.rules import extension, key_trials, reasons
from workflow import audit, outbox
from workflow.availability import lost_time
from workflow.transitions import demand, demand_permission, pass_all_through, pass_through, use_case


@use_case
def propose_extension(
    *, call: Call, new_deadline: datetime, reason: str, actor: Any, now: datetime
) -> DeadlineExtension:
    """Propose a later deadline; refuses without a fault in the log of the service (EXT-02), or too little time (EXT-03)."""
    locked = hold_call(call)
    demand_permission(permissions.propose_extension(locked, actor), subject=locked, act="propose_extension")
    found = faults_for(locked, now=now)
    lost, pending = lost_time(found), pending_extension(locked)
    facts = extension_facts(locked, now=now, new_deadline=new_deadline, lost=lost, pending=pending)
    demand(extension.PROPOSE, facts, subject=locked, act="propose_extension")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=locked, act="propose_extension")
    proposed = DeadlineExtension.objects.create(
        call=locked, new_deadline=new_deadline, reason=reason.strip(), lost=lost, proposed_at=now, proposed_by=actor,
        evidence=[fault.as_json() for fault in found],
    )  # fmt: skip
    details = {"extension": proposed.pk, "deadline": new_deadline.isoformat(), "lost": lost.total_seconds()}
    audit.record(locked, "propose_extension", actor=actor, now=now, details=details)
    for person in approvers_of(locked):
        tell(kind="extension_proposed", to=person, key=f"{proposed.pk}", now=now, call=locked)
    return proposed


@use_case
def extend_deadline(*, call: Call, actor: Any, now: datetime) -> Call:
    """Move the deadline as another person proposed; who came too late meanwhile may submit again, and is told so."""
    locked = hold_call(call)
    demand_permission(permissions.decide_extension(locked, actor), subject=locked, act="extend_deadline")
    proposed = pending_extension(locked)
    facts = extension_facts(
        locked, now=now, pending=proposed,
        new_deadline=proposed.new_deadline if proposed else None, lost=proposed.lost if proposed else timedelta(0),
    )  # fmt: skip
    demand(extension.EXTEND, facts, subject=locked, act="extend_deadline")
    assert proposed is not None  # EXT-06 spoke otherwise
    _decide(proposed, approved=True, actor=actor, now=now)
    former = locked.deadline
    move_dates(call=locked, new_deadline=proposed.new_deadline)
    details = {"extension": proposed.pk, "from": former.isoformat() if former else ""}
    _collect_again(locked, actor=actor, now=now, details=details)
    publish_deadline(call=locked, reason=proposed.reason, actor=actor, now=now)
    _tell(locked, proposed, actor=actor, now=now)
    return locked


@use_case
def drop_extension(*, call: Call, reason: str, actor: Any, now: datetime) -> Call:
    """Decline the proposal, or take it back: the deadline stays. By who proposed or who decides, with a reason."""
    locked = hold_call(call)
    demand_permission(permissions.drop_extension(locked, actor), subject=locked, act="drop_extension")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=locked, act="drop_extension")
    proposed = pending_extension(locked)
    assert proposed is not None  # the permission speaks of it
    _decide(proposed, approved=False, actor=actor, now=now)
    details = {"extension": proposed.pk, "reason": reason.strip()}
    audit.record(locked, "drop_extension", actor=actor, now=now, details=details)
    return locked


def pending_extension(call: Call) -> DeadlineExtension | None:
    """Return the proposal that waits for a decision."""
    return call.extensions.filter(decided_at=None).select_related("proposed_by").first()


def _decide(proposed: DeadlineExtension, *, approved: bool, actor: Any, now: datetime) -> None:
    proposed.approved, proposed.decided_at, proposed.decided_by = approved, now, actor
    proposed.save(update_fields=["approved", "decided_at", "decided_by"])


def _collect_again(call: Call, *, actor: Any, now: datetime, details: dict[str, Any]) -> None:
    """Open a collection that had closed; look at the call again at the new deadline."""
    if call.state == CallState.CLOSED:
        reopened = pass_through(call, "collect_again", actor=actor, now=now, **details)
        call.state = reopened.state
    else:
        audit.record(call, "extend_deadline", actor=actor, now=now, details=details)
    late = call.applications.filter(state=ApplicationState.LATE)
    pass_all_through(late, "return_to_draft", actor=None, now=now)
    assert call.deadline is not None  # it has just moved
    check = key_trials.first_check(deadline=call.deadline, now=now, days=settings.DRILL_DAYS)
    Call.objects.filter(pk=call.pk).update(next_check_at=check, closed_at=None)


def _tell(call: Call, proposed: DeadlineExtension, *, actor: Any, now: datetime) -> None:
    """Write the notice anew, and tell those who prepare an application and those who follow the list."""
    write_paper(
        call=call, kind=PaperKind.NOTICE, template="notice", paper_facts=notice_facts(call, now=now),
        language=notice_language(call), actor=actor, now=now,
    )  # fmt: skip
    ask_to_tell_applicants(call=call, kind="deadline_extended", now=now, reason=proposed.reason)
    outbox.post(
        "procurement.announce_call", key=f"extension:{proposed.pk}", now=now, scope=call.reference, call_id=call.pk,
        kind="deadline_extended_public",
    )  # fmt: skip

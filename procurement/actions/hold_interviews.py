"""Invite to interviews, set their hours, and return to the consensus."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.create_sheets import create_sheets, evaluators_of
from procurement.actions.tell import tell, tell_applicant
from procurement.actions.write_score_sheets import ask_for_score_sheets
from procurement.enums import CallState, Stage
from procurement.models import Application, Call, Interview
from procurement.models.facts.panel import shortlisted
from procurement.rules import interviews
from workflow import audit
from workflow.transitions import demand, demand_permission, pass_through, use_case


@use_case
def start_interviews(*, call: Call, actor: Any, now: datetime) -> Call:
    """Invite every compliant application whose mark on file reaches the shortlist mark; sheets of the stage are made."""
    moved = pass_through(call, "start_interviews", actor=actor, now=now)
    invited = shortlisted(moved)
    moved.applications.filter(pk__in=invited).update(invited=True)
    Interview.objects.bulk_create(
        [Interview(application_id=pk, invited_by=actor) for pk in invited], ignore_conflicts=True, batch_size=1000
    )
    audit.record(moved, "invite_to_interview", actor=actor, now=now, details={"applications": invited})
    evaluators = evaluators_of(moved)
    create_sheets(call=moved, stage=Stage.INTERVIEW, members=evaluators, actor=actor, now=now)
    for member in evaluators:
        tell(kind="interviews_started", to=member.user, call=moved, key=str(moved.pk), now=now)
    return moved


@use_case
def schedule_interview(
    *, application: Application, takes_place_at: datetime, place: str, actor: Any, now: datetime
) -> Interview:
    """Set the hour and the place of an interview and tell the applicant; the chair or the secretary does.

    Refuses outside the stage, an applicant who is not invited, an hour that has passed or that the clocks skip or
    repeat, and an empty place.
    """
    call = application.call
    demand_permission(permissions.lead_committee(call, actor), subject=call, act="schedule_interview")
    interview = Interview.objects.select_for_update().filter(application=application).first()
    facts = interviews.InterviewFacts(
        stage_open=call.state == CallState.INTERVIEW,
        invited=interview is not None,
        now=now,
        takes_place_at=takes_place_at,
        zone=call.timezone,
        place=place.strip(),
    )
    demand(interviews.SCHEDULE, facts, subject=application, act="schedule_interview")
    assert interview is not None  # a guard
    interview.takes_place_at, interview.place = takes_place_at, place.strip()
    interview.save(update_fields=["takes_place_at", "place"])
    audit.record(interview, "schedule_interview", actor=actor, now=now, scope=call.reference)
    key = f"{interview.pk}:{now.isoformat()}"
    tell_applicant(kind="interview", application=application, key=key, now=now)
    return interview


@use_case
def end_interviews(*, call: Call, actor: Any, now: datetime) -> Call:
    """Return to the consensus; refuses while an expected interview sheet is not signed."""
    moved = pass_through(call, "end_interviews", actor=actor, now=now)
    ask_for_score_sheets(moved, stage=Stage.INTERVIEW, now=now)
    return moved

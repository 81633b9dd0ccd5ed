"""Invite to interviews, set their hours, and return to the consensus."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.tell import tell_applicant
from procurement.enums import ApplicationState, Seat, Stage
from procurement.models import Application, Call, Interview, ScoreSheet
from procurement.models.facts.panel import shortlisted
from workflow import audit
from workflow.transitions import demand_permission, pass_through, use_case


@use_case
def start_interviews(*, call: Call, actor: Any, now: datetime) -> Call:
    """Invite every compliant application whose mark on file reaches the shortlist mark; sheets of the stage are made."""
    moved = pass_through(call, "start_interviews", actor=actor, now=now)
    invited = list(moved.applications.filter(pk__in=shortlisted(moved), state=ApplicationState.COMPLIANT))
    moved.applications.filter(pk__in=[a.pk for a in invited]).update(invited=True)
    voting = list(moved.members.filter(ended_at=None, seat=Seat.EVALUATOR))
    for application in invited:
        Interview.objects.get_or_create(application=application, defaults={"invited_by": actor})
        audit.record(application, "invite_to_interview", actor=actor, now=now)
    ScoreSheet.objects.bulk_create(
        ScoreSheet(call=moved, application=application, member=member, stage=Stage.INTERVIEW)
        for application in invited
        for member in voting
    )
    return moved


@use_case
def schedule_interview(*, application: Application, takes_place_at: datetime, place: str, actor: Any, now: datetime) -> Interview:
    """Set the hour and the place of an interview and tell the applicant; the chair or the secretary does."""
    call = application.call
    demand_permission(permissions.lead_committee(call, actor), subject=call, act="schedule_interview")
    interview = Interview.objects.select_for_update().get(application=application)
    interview.takes_place_at, interview.place = takes_place_at, place
    interview.save(update_fields=["takes_place_at", "place"])
    audit.record(interview, "schedule_interview", actor=actor, now=now, scope=call.reference)
    key = f"{interview.pk}:{takes_place_at.isoformat()}"
    tell_applicant(kind="interview", application=application, key=key, now=now, interview=interview.pk)
    return interview


@use_case
def end_interviews(*, call: Call, actor: Any, now: datetime) -> Call:
    """Return to the consensus; refuses while an expected interview sheet is not signed."""
    return pass_through(call, "end_interviews", actor=actor, now=now)

"""The log of a call, for the person who looks: before the opening nothing in it says who applied, or that anybody did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from accounts.enums import Role
from accounts.models import User
from procurement import permissions
from procurement.enums import AFTER_DISCLOSURE
from procurement.models import (
    Application,
    Award,
    Call,
    Cancellation,
    CommitteeMember,
    CompletionRequest,
    ComplianceItem,
    Consensus,
    Document,
    Envelope,
    Interview,
    KeyHolder,
    OpeningSession,
    Paper,
    Presence,
    ScoreSheet,
    SeatInvitation,
    Submission,
)
from workflow.audit import history_of
from workflow.models import AuditEvent

PREPARED = (Call, CommitteeMember, KeyHolder, SeatInvitation, OpeningSession, Presence, Cancellation, Award)
OF_APPLICANTS = {
    Application: "label",
    Submission: "application__label",
    Envelope: "application__label",
    Document: "application__label",
    CompletionRequest: "application__label",
    ComplianceItem: "application__label",
    Interview: "application__label",
}
OF_THE_PANEL = (ScoreSheet, Consensus)


def visible_events(call: Call, user: Any) -> QuerySet[AuditEvent]:
    """Return the events of a call, newest first, that this person may see; to outsiders none.

    Before the opening, and to the committee at any time: only acts of those who run the call, on the call and its
    committee. To officers afterwards: applications that took part in the opening, and the panel's marking once it is
    shared. The auditor sees everything after the opening.
    """
    if not permissions.work_on_call(call, user):
        return AuditEvent.objects.none()
    events = history_of(call.reference)
    if call.opened_at is None or not permissions.has_role(call, user, Role.OFFICER, Role.AUDITOR):
        return events.filter(_prepared(call)).exclude(act="note_reading")
    if permissions.has_role(call, user, Role.AUDITOR):
        return events
    hidden = [_table(model) for model in OF_THE_PANEL] if call.state not in AFTER_DISCLOSURE else []
    return events.exclude(subject_type__in=hidden).exclude(_unlabelled(call))


def _prepared(call: Call) -> Q:
    """Acts on the call itself and its committee, done by those who run it or by the clock; papers of no applicant."""
    people = set(call.organisation.memberships.exclude(role=Role.REPRESENTATIVE).values_list("user_id", flat=True))
    people |= set(call.members.values_list("user_id", flat=True))
    papers = call.papers.filter(application=None).annotate(key=Cast("pk", CharField())).values("key")
    subject = Q(subject_type__in=[_table(model) for model in PREPARED])
    subject |= Q(subject_type=_table(Paper), subject_id__in=papers)
    return subject & (Q(actor_id__in=people) | Q(actor_id=None))


def _unlabelled(call: Call) -> Q:
    """Events about applications that were never submitted, or were taken back: they stay the applicant's own affair."""
    about = Q()
    for model, path in OF_APPLICANTS.items():
        rows: Any = model._default_manager.filter(**{path: ""}).annotate(key=Cast("pk", CharField()))
        rows = rows.filter(**({"call": call} if model is Application else {"application__call": call})).values("key")
        about |= Q(subject_type=_table(model), subject_id__in=rows)
    papers: Any = call.papers.filter(application__label="").annotate(key=Cast("pk", CharField())).values("key")
    return about | Q(subject_type=_table(Paper), subject_id__in=papers)


def _table(model: Any) -> str:
    """Return the name under which events speak of a model."""
    return f"procurement_{model.__name__.lower()}"


def names_of(events: Iterable[AuditEvent], call: Call) -> dict[int, str]:
    """Return who acted, by identifier: the label of a member of the committee, the name of anybody else."""
    actors = {event.actor_id for event in events if event.actor_id}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=actors)}
    return names | dict(call.members.filter(user_id__in=actors).values_list("user_id", "label"))

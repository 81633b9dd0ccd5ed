"""The applicant's working copy: one lock for everything that changes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, QuerySet, Subquery

from accounts.models import Membership
from procurement import permissions
from procurement.enums import ApplicationState as S
from procurement.enums import EnvelopeKind
from procurement.models import Application, PublishedDeadline, Submission
from procurement.models.browser_copy import seals_in_browser
from procurement.models.facts.submission import writing_facts
from procurement.permissions.seats import seats_now
from procurement.rules import browser_sealing, submission
from workflow.kept import kept
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, demand_permission

# No act of an applicant reads these; one that does asks for them.
# fmt: off
LEFT = (
    "terms", "frozen", "draft", "rules", "cpv", "theme", "country", "place", "programme", "partners", "funder",
    "ceiling_mode", "ceiling_amount", "person_days", "preset", "rules_sha256", "publish_at", "questions_until",
    "answers_until", "compliance_at", "scoring_until", "interviews_from", "interviews_until", "financial_opening_at",
    "decision_at", "standstill_days", "standstill_until", "contract_at", "completion_hours", "holidays_of",
    "created_at", "created_by", "copied_from", "approved_at", "approved_by", "published_by", "closed_at",
    "prices_opened_at", "awarded_at", "ended_at", "end_reason",
)
# fmt: on
EDITABLE = (S.DRAFT, S.SUBMITTED, S.WITHDRAWN)


def lock_own(application: Application, *, actor: Any, act: str) -> Application:
    """Return the locked application to somebody who writes for the applicant; refuses everybody else.

    The access of the request is carried over only if no newer code was made meanwhile: what an older one seals, nobody opens.
    """
    found = _locked_row.one(pk=application.pk)
    if found is None:  # erased meanwhile
        raise Application.DoesNotExist
    locked: Application = found
    locked.call.told_latest = found.latest_published
    locked.submitted_before, locked.works_somewhere = found.has_submissions, found.has_role_or_seat
    locked.access = application.access if application.access and application.access.check == locked.key_check else None
    demand_permission(permissions.own_application(locked, actor), subject=locked, act=act)
    return locked


@kept
def _locked_row(pk: int) -> QuerySet[Application]:
    """Read with the row what its acts ask next.

    Where this waits for the row, the rest is older than the row: a deadline moves under the call's lock only, which who
    submits has taken before; whether there are submissions counts with the state alone, which is that of the row.
    """
    rows = Application.objects.select_for_update(of=("self",)).filter(pk=pk)
    latest = PublishedDeadline.objects.filter(call=OuterRef("call")).order_by("-deadline").values("deadline")[:1]
    roles = Membership.objects.filter(user=OuterRef("user"), ended_at=None)
    seats = seats_now(call=OuterRef("call"), user=OuterRef("user"))
    rows = rows.annotate(
        latest_published=Subquery(latest),
        has_submissions=Exists(Submission.objects.filter(application=OuterRef("pk"))),
        has_role_or_seat=ExpressionWrapper(Exists(roles) | Exists(seats), output_field=BooleanField()),
    )
    return rows.select_related("call__organisation", "organisation", "user").defer(*(f"call__{name}" for name in LEFT))


def lock_to_edit(application: Application, *, actor: Any, now: datetime, act: str) -> Application:
    """Return the locked application whose working copy may change now; refuses after the deadline or the opening."""
    locked = lock_own(application, actor=actor, act=act)
    if locked.state not in EDITABLE:
        raise NoSuchMove(subject=locked, act=act)
    demand(submission.EDIT, writing_facts(locked.call, now=now), subject=locked, act=act)
    return locked


def demand_sealed_here(locked: Application, *, envelope: str, act: str) -> None:
    """Refuse plain text for an envelope that the applicant's browser seals (BRO-04)."""
    if envelope == EnvelopeKind.FINANCIAL:
        place = browser_sealing.PlaceFacts(in_browser=seals_in_browser(locked))
        demand((browser_sealing.IN_BROWSER,), place, subject=locked, act=act)

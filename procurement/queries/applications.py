"""What an applicant may see of their own: the person who asks first. Nobody else's application is ever returned here."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import Combinable

from accounts.enums import Role
from accounts.models import Membership
from procurement.enums import LetterState
from procurement.models import Application, Call, Letter, Submission
from workflow.kept import kept
from workflow.models import AppNow


def applications_of(user: Any) -> QuerySet[Application]:
    """Return a person's own applications and those of the firms they represent now, newest first."""
    if not getattr(user, "is_authenticated", False):
        return Application.objects.none()
    rows = Application.objects.filter(_of(user.pk)).select_related("call__organisation", "organisation", "user")
    return rows.order_by("-created_at", "-id")


def _of(person: int) -> Combinable:
    represents = Membership.objects.filter(
        user_id=person, role=Role.REPRESENTATIVE, ended_at=None, organisation=OuterRef("organisation")
    )
    return Q(user_id=person, organisation=None) | Exists(represents)


def own_application(user: Any, reference: str) -> Application | None:
    """Return a person's own application with all that its pages show; None where there is none."""
    return _own.one(person=user.pk, reference=reference) if getattr(user, "is_authenticated", False) else None


def own_briefly(user: Any, reference: str) -> Application | None:
    """Return it with the few columns that a click needs, and the instant `asked_at` of the database's clock.

    The other columns are asked for where one is looked at.
    """
    return _briefly.one(person=user.pk, reference=reference) if getattr(user, "is_authenticated", False) else None


@kept
def _own(person: int, reference: str) -> QuerySet[Application]:
    rows = Application.objects.filter(_of(person), reference=reference)
    return rows.select_related("call__organisation", "organisation", "user")


@kept
def _briefly(person: int, reference: str) -> QuerySet[Application]:
    names = ("reference", "state", "key_check", "user", "organisation", "call__state", "call__next_check_at")
    rows = Application.objects.filter(_of(person), reference=reference).annotate(asked_at=AppNow())
    return rows.select_related("call").only(*names)


def listed_applications_of(user: Any) -> QuerySet[Application]:
    """Return the same with what a list of them tells: submissions, the request to complete, letters sent."""
    letters = Letter.objects.filter(state=LetterState.SENT).order_by("-sent_at")
    return applications_of(user).prefetch_related(
        "submissions", "completion_request", Prefetch("letters", queryset=letters, to_attr="letters_sent")
    )


def application_to(call: Call, user: Any) -> Application | None:
    """Return the application a person may go on writing for a call: their own first, else their firm's."""
    return applications_of(user).filter(call=call).order_by("organisation_id").first()


def submissions_of(application: Application) -> QuerySet[Submission]:
    """Return every submission of an application, newest first, with what each replaces."""
    return application.submissions.select_related("submitted_by", "replaces").order_by("-id")


def current_submission(application: Application) -> Submission | None:
    """Return the submission that counts: the last that is neither late nor withdrawn."""
    return application.submissions.filter(late=False, withdrawn_at=None).order_by("-id").first()


def letters_to(application: Application) -> QuerySet[Letter]:
    """Return the letters that were sent to an applicant, with their papers."""
    rows = Letter.objects.filter(application=application, state=LetterState.SENT)
    return rows.select_related("paper__file", "paper__call").order_by("-sent_at")

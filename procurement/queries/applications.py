"""What an applicant may see of their own: the person who asks first. Nobody else's application is ever returned here."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.enums import Role
from accounts.models import Membership
from procurement.enums import LetterState
from procurement.models import Application, Call, Letter, Submission


def applications_of(user: Any) -> QuerySet[Application]:
    """Return a person's own applications and those of the firms they represent now, newest first."""
    if not getattr(user, "is_authenticated", False):
        return Application.objects.none()
    represents = Membership.objects.filter(
        user=user, role=Role.REPRESENTATIVE, ended_at=None, organisation=OuterRef("organisation")
    )
    own = Q(user=user, organisation=None) | Exists(represents)
    rows = Application.objects.filter(own).select_related("call__organisation", "organisation", "user")
    return rows.order_by("-created_at", "-id")


def briefly(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Return applications with the few columns that a click needs; the others are asked for where one is looked at."""
    names = ("reference", "state", "key_check", "user", "organisation", "call__state", "call__next_check_at")
    return rows.select_related(None).select_related("call").only(*names)


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

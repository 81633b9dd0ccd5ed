"""What the openings read: sessions, submissions that count, and the digest of all of them."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Q, QuerySet

from procurement.enums import ApplicationState, EnvelopeKind
from procurement.models import Application, Call, OpeningSession, Submission

NEVER_OPENED = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)


def running_session(call: Call, kind: EnvelopeKind) -> OpeningSession | None:
    """Return the session of a kind that is running, if there is one."""
    return call.sessions.filter(kind=kind, ended_at=None).first()


def labelled(call: Call) -> QuerySet[Application]:
    """Return the applications that take part in the opening, late ones included, in order of creation."""
    return call.applications.exclude(state__in=NEVER_OPENED).select_related("user", "organisation").order_by("id")


def withdrawn(call: Call) -> QuerySet[Application]:
    """Return the applications that were taken back before the deadline, in order of creation."""
    return (
        call.applications.filter(state=ApplicationState.WITHDRAWN)
        .select_related("user", "organisation")
        .prefetch_related("submissions")
        .order_by("id")
    )


def current_submissions(call: Call, *, states: tuple[ApplicationState, ...]) -> QuerySet[Submission]:
    """Return the one submission of each application that counts: the last that is not withdrawn, and not late unless two decided."""
    return (
        Submission.objects.filter(application__call=call, application__state__in=states, withdrawn_at=None)
        .filter(Q(late=False) | Q(application__late_decision__decided_at__isnull=False))
        .order_by("application_id", "-id")
        .distinct("application_id")
    )


def submissions_root(call: Call) -> str:
    """Return the SHA-256 over the receipt and the digest of every submission, in order of receipt numbers."""
    digest = hashlib.sha256()
    rows: Any = Submission.objects.filter(application__call=call).order_by("receipt_number")
    for receipt, sha256 in rows.values_list("receipt_number", "sha256").iterator():
        digest.update(f"{receipt} {sha256}\n".encode())
    return digest.hexdigest()

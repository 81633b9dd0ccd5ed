"""Take a submitted application back before the deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell_applicant
from procurement.models import Application
from procurement.queries.applications import current_submission
from workflow.transitions import pass_through, use_case


@use_case
def withdraw_application(*, application: Application, actor: Any, now: datetime) -> Application:
    """Withdraw the submission that counts and those it replaced; what was written can be submitted again in time.

    Refuses after the deadline (SUB-03) and when nothing is submitted (SUB-06, MOVE).
    """
    application.call.hold(shared=True)
    withdrawn = pass_through(application, "withdraw", actor=actor, now=now)
    current = current_submission(withdrawn)
    if current is not None:
        withdrawn.submissions.filter(late=False, withdrawn_at=None).update(withdrawn_at=now)
        tell_applicant(
            kind="withdrawal",
            application=withdrawn,
            key=current.receipt_number,
            now=now,
            receipt=current.receipt_number,
        )
    return withdrawn

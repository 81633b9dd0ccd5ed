"""What waits on an applicant: a draft to finish, a file to complete."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Application
from procurement.queries.applications import listed_applications_of
from procurement.web.application_status import status_of
from procurement.web.moves import Move


def moves(user: Any, now: datetime) -> list[Move]:
    """Return the applications of this person, or of their firms, in which something is theirs to do."""
    found = [(one, status_of(one, now=now)) for one in listed_applications_of(user)]
    return [_move(one, status) for one, status in found if status.waits_on_me]


def _move(application: Application, status: Any) -> Move:
    return Move(
        title=status.next_step,
        detail=application.call.title_in(),
        url=status.url,
        due=status.due,
        zone=application.call.timezone,
    )

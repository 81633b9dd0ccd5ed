"""When the cancellation of a call may be asked for. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class CancellationFacts:
    """Where the call is, and whether somebody asked already."""

    state: str
    asked: bool


ABOUT = "cancellation"
NOT_OVER = Guard(
    "CAN-01", _("This call has ended or its contract is signed: it can no longer be cancelled."), ABOUT,
    lambda f: f.state not in ("contracted", "archived", "unsuccessful", "cancelled"),
)  # fmt: skip
NOT_ASKED = Guard(
    "CAN-02", _("The cancellation has been asked for: it waits for the authority."), ABOUT, lambda f: not f.asked
)

ASK = (NOT_OVER, NOT_ASKED)

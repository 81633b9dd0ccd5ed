"""Who may confirm their presence at an opening. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class AttendanceFacts:
    """One member before one session; `key_missing` is true of a key holder who has not confirmed the key."""

    running: bool
    accepted: bool
    key_missing: bool


ABOUT = "attendance"
RUNNING = Guard("ATT-01", _("No opening session is running."), ABOUT, lambda f: f.running)
ACCEPTED = Guard("ATT-02", _("Accept your appointment to the committee first."), ABOUT, lambda f: f.accepted)
KEY_CONFIRMED = Guard(
    "ATT-03",
    _("Confirm that you hold the key first; it counts in the quorum only then."),
    ABOUT,
    lambda f: not f.key_missing,
)

CONFIRM = (RUNNING, ACCEPTED, KEY_CONFIRMED)
END = (RUNNING,)

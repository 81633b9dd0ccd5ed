"""Conditions of the acts on organisations and roles: facts in, verdict out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow.guards import Guard, gettext_noop


@dataclass(frozen=True)
class Appointment:
    """A role about to be given: does it exist there, does the person hold it or have an invitation to it."""

    role_exists_here: bool
    holds_it: bool
    invited_until: datetime | None


@dataclass(frozen=True)
class Acceptance:
    """An invitation about to be taken up by an account."""

    open: bool
    expired: bool
    same_address: bool
    address: str


@dataclass(frozen=True)
class Ending:
    """A role about to be ended."""

    already_ended: bool
    last_to_appoint: bool


@dataclass(frozen=True)
class Erasure:
    """Bodies of events about to be erased."""

    unsealed: bool
    cause: str


def _address(facts: Acceptance) -> Mapping[str, Any]:
    return {"address": facts.address}


ROLE_HERE = Guard(
    "ROLE_HERE",
    gettext_noop("This role does not exist in an organisation of this kind."),
    "appointment",
    lambda facts: facts.role_exists_here,
)
ROLE_NOT_HELD = Guard(
    "ROLE_NOT_HELD",
    gettext_noop("This person already holds this role here."),
    "appointment",
    lambda facts: not facts.holds_it,
)
NOT_INVITED_YET = Guard(
    "NOT_INVITED_YET",
    gettext_noop("An invitation to this address for this role is already under way. Withdraw it to send another."),
    "appointment",
    lambda facts: facts.invited_until is None,
)
INVITATION_OPEN = Guard(
    "INVITATION_OPEN",
    gettext_noop("This invitation was already used or withdrawn. Ask for a new one."),
    "acceptance",
    lambda facts: facts.open,
)
INVITATION_IN_TIME = Guard(
    "INVITATION_IN_TIME",
    gettext_noop("This invitation has expired. Ask for a new one."),
    "acceptance",
    lambda facts: not facts.expired,
)
INVITATION_ADDRESS = Guard(
    "INVITATION_ADDRESS",
    gettext_noop("This invitation was sent to %(address)s. Sign in with the account of that address to accept it."),
    "acceptance",
    lambda facts: facts.same_address,
    _address,
)
MEMBERSHIP_RUNNING = Guard(
    "MEMBERSHIP_RUNNING",
    gettext_noop("This role has already ended."),
    "ending",
    lambda facts: not facts.already_ended,
)
SOMEBODY_APPOINTS = Guard(
    "SOMEBODY_APPOINTS",
    gettext_noop("Nobody could appoint anyone any more: give this role to another person first."),
    "ending",
    lambda facts: not facts.last_to_appoint,
)
EVENTS_SEALED = Guard(
    "EVENTS_SEALED",
    gettext_noop("Some of these events are not sealed in the log yet. Try again in a minute."),
    "erasure",
    lambda facts: not facts.unsealed,
)
CAUSE_GIVEN = Guard(
    "CAUSE_GIVEN",
    gettext_noop("An erasure says why, in words that name nobody."),
    "erasure",
    lambda facts: bool(facts.cause.strip()),
)

APPOINTMENT = (ROLE_HERE, ROLE_NOT_HELD, NOT_INVITED_YET)
ACCEPTANCE = (INVITATION_OPEN, INVITATION_IN_TIME, INVITATION_ADDRESS)
ENDING = (MEMBERSHIP_RUNNING, SOMEBODY_APPOINTS)
ERASURE = (EVENTS_SEALED, CAUSE_GIVEN)

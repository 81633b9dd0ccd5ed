"""When a seat may be given, taken and left, and when a key may be confirmed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class SeatFacts:
    """A seat about to be given: is the call over, is the person seated or invited, is the single seat taken."""

    ended: bool
    seated: bool
    single_seat_taken: bool


@dataclass(frozen=True)
class MemberFacts:
    """A member about to accept, leave or confirm a key."""

    seated: bool
    accepted: bool = True
    published: bool = False


@dataclass(frozen=True)
class HolderFacts:
    """The key holders about to be named; `outsiders` have no seat on this committee."""

    published: bool
    draft: bool
    holders: int
    quorum: int
    outsiders: int


@dataclass(frozen=True)
class InvitationFacts:
    """An invitation about to be taken up."""

    open: bool
    same_address: bool
    address: str


ABOUT = "seat"
NOT_ENDED = Guard("COM-01", _("This call has ended: its committee no longer changes."), ABOUT, lambda f: not f.ended)
ONE_SEAT = Guard(
    "COM-02",
    _("This person already sits on the committee of this call, or is invited to."),
    ABOUT,
    lambda f: not f.seated,
)
SINGLE_SEAT = Guard(
    "COM-03", _("This seat is taken: end it first, or appoint a replacement from its line."), ABOUT,
    lambda f: not f.single_seat_taken,
)  # fmt: skip
SEATED = Guard("COM-04", _("This seat has ended."), ABOUT, lambda f: f.seated)
ACCEPTED = Guard("COM-05", _("Accept your appointment first."), ABOUT, lambda f: f.accepted)
KEYS_OPEN = Guard(
    "COM-06", _("The call is published: its key holders no longer change."), ABOUT, lambda f: not f.published
)
ON_COMMITTEE = Guard("COM-07", _("Key holders are members of the committee."), ABOUT, lambda f: not f.outsiders)
ENOUGH_KEYS = Guard(
    "COM-08", _("At least two key holders must be needed to open, and no more than there are; at most seven can be named."),
    ABOUT, lambda f: f.draft or 2 <= f.quorum <= f.holders <= 7,
)  # fmt: skip
INVITATION_OPEN = Guard("COM-09", _("This invitation was taken up or withdrawn already."), ABOUT, lambda f: f.open)
SAME_ADDRESS = Guard(
    "COM-10", _("This invitation was sent to %(address)s: log in with the account of that address."), ABOUT,
    lambda f: f.same_address, lambda f: {"address": f.address},
)  # fmt: skip

APPOINT = (NOT_ENDED, ONE_SEAT, SINGLE_SEAT)
ACCEPT = (SEATED,)
END = (SEATED,)
CONFIRM_KEY = (SEATED, ACCEPTED)
NAME_HOLDERS = (KEYS_OPEN, ON_COMMITTEE, ENOUGH_KEYS)
TAKE_UP = (INVITATION_OPEN, SAME_ADDRESS)

"""Seats of a call: which are taken, and which label comes next."""

from __future__ import annotations

from procurement.enums import Seat
from procurement.models import Call

LETTERS = {Seat.EVALUATOR: "V", Seat.OBSERVER: "O"}
NAMES = {Seat.CHAIR: "Chair", Seat.SECRETARY: "Secretary"}  # as in the enumeration: sentences translate them


def next_label(call: Call, *, seat: Seat) -> str:
    """Return the label of a new seat: V1, V2… for evaluators in order of appointment, O1… for observers.

    A label once given is not given again, so that marks and papers never change their author.
    """
    if seat in NAMES:
        return NAMES[seat]
    letter = LETTERS[seat]
    given = [
        *call.members.filter(seat=seat).values_list("label", flat=True),
        *call.seat_invitations.filter(seat=seat, withdrawn_at=None).values_list("label", flat=True),
    ]
    numbers = [int(label[1:]) for label in given if label[:1] == letter and label[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"


def is_taken(call: Call, *, seat: Seat) -> bool:
    """Tell whether the one seat of its kind is held or offered; never for evaluators and observers."""
    if seat not in NAMES:
        return False
    return (
        call.members.filter(seat=seat, ended_at=None).exists()
        or call.seat_invitations.filter(seat=seat, taken_at=None, withdrawn_at=None).exists()
    )


def seated_or_invited(call: Call, *, email: str) -> bool:
    """Tell whether the person of an address sits on the committee now, or is invited to."""
    address = email.strip()
    return (
        call.members.filter(user__email__iexact=address, ended_at=None).exists()
        or call.seat_invitations.filter(email__iexact=address, taken_at=None, withdrawn_at=None).exists()
    )

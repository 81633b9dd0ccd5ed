"""Give a seat on the committee of a call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from procurement import permissions
from procurement.actions.invite_to_seat import invite_to_seat
from procurement.actions.tell import tell
from procurement.enums import FINAL, Seat
from procurement.models import Call, CommitteeMember, SeatInvitation
from procurement.queries.committee import is_taken, next_label, seated_or_invited
from procurement.rules import committee
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def appoint_member(
    *,
    call: Call,
    email: str,
    seat: str,
    actor: Any,
    now: datetime,
    organisation_name: str = "",
    replaces: CommitteeMember | None = None,
) -> CommitteeMember | SeatInvitation:
    """Seat the person of this address, or invite the address when it has no account; both are told by mail.

    Refuses a person who sits already, a second chair or secretary, and a call that has ended.
    """
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand_permission(permissions.appoint_committee(locked, actor), subject=locked, act="appoint_member")
    facts = committee.SeatFacts(
        ended=locked.state in FINAL,
        seated=seated_or_invited(locked, email=email),
        single_seat_taken=is_taken(locked, seat=Seat(seat)),
    )
    demand(committee.APPOINT, facts, subject=locked, act="appoint_member")
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        return invite_to_seat(
            call=locked, email=email, seat=seat, organisation_name=organisation_name, actor=actor, now=now
        )
    return seat_person(
        call=locked, person=person, seat=seat, label=next_label(locked, seat=Seat(seat)),
        organisation_name=organisation_name, actor=actor, now=now, replaces=replaces,
    )  # fmt: skip


def seat_person(
    *,
    call: Call,
    person: User,
    seat: str,
    label: str,
    organisation_name: str,
    actor: Any,
    now: datetime,
    replaces: CommitteeMember | None = None,
) -> CommitteeMember:
    """Write the seat and its event, and ask the person to accept. The caller has asked whether it may be given."""
    member = CommitteeMember.objects.create(
        call=call,
        user=person,
        seat=seat,
        label=label,
        organisation_name=organisation_name,
        appointed_at=now,
        appointed_by=actor,
        replaces=replaces,
    )
    audit.record(
        member, "appoint_member", actor=actor, now=now, scope=call.reference, target=seat, details={"user": person.pk}
    )
    tell(kind="seat_given", to=person, key=str(member.pk), now=now, call=call)
    return member

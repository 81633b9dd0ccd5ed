"""Invite an address that has no account to sit on a committee."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.enums import Seat
from procurement.models import Call, SeatInvitation
from procurement.queries.committee import next_label
from procurement.seat_links import invitation_mail
from workflow import audit, outbox
from workflow.transitions import demand_permission, use_case


@use_case
def invite_to_seat(
    *, call: Call, email: str, seat: str, organisation_name: str, actor: Any, now: datetime
) -> SeatInvitation:
    """Send a signed link to the address; whoever reads that mailbox registers and takes the seat. See appoint_member."""
    demand_permission(permissions.appoint_committee(call, actor), subject=call, act="invite_to_seat")
    invitation = SeatInvitation.objects.create(
        call=call,
        email=email.strip().lower(),
        seat=seat,
        label=next_label(call, seat=Seat(seat)),
        organisation_name=organisation_name,
        invited_at=now,
        invited_by=actor,
    )
    audit.record(invitation, "invite_to_seat", actor=actor, now=now, scope=call.reference, target=seat)
    subject, text = invitation_mail(invitation)
    outbox.post(
        "workflow.send_mail", key=f"seat:{invitation.pk}", now=now, scope=call.reference,
        to=invitation.email, subject=subject, text=text,
    )  # fmt: skip
    return invitation


@use_case
def withdraw_seat_invitation(*, invitation: SeatInvitation, actor: Any, now: datetime) -> SeatInvitation:
    """Withdraw an invitation that nobody took up; the link in its mail no longer opens anything."""
    locked = SeatInvitation.objects.select_for_update(of=("self",)).select_related("call").get(pk=invitation.pk)
    demand_permission(
        permissions.appoint_committee(locked.call, actor) and locked.open,
        subject=locked,
        act="withdraw_seat_invitation",
    )
    locked.withdrawn_at, locked.withdrawn_by = now, actor
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(locked, "withdraw_seat_invitation", actor=actor, now=now, scope=locked.call.reference)
    return locked

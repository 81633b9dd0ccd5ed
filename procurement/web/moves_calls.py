"""What waits on somebody before a call is published, on its committee, and when it is suspended or to be cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from procurement.enums import FINAL
from procurement.enums import CallState as S
from procurement.models import (
    Call,
    Cancellation,
    CommitteeMember,
    DeadlineExtension,
    KeyDrill,
    KeyHolder,
    KeyReplacement,
    SeatInvitation,
)
from procurement.queries.calls import Standing, running_calls_of, standing_of
from procurement.seat_links import token_of
from procurement.web.moves import Move

BEFORE_PUBLICATION = (S.DRAFT, S.IN_REVIEW, S.APPROVED)


def moves(user: Any, now: datetime) -> list[Move]:
    """Return the moves of this room: a handful of questions to the database, whatever the number of calls."""
    standing = standing_of(user)
    calls = running_calls_of(user) if standing.roles or standing.seats else []
    found = [move for call in calls for move in _by_state(call, standing, user)]
    return [
        *found,
        *_own_seats(calls, standing),
        *_own_drills(calls, standing),
        *_own_invitations(user),
        *_of_members(calls, standing),
        *_of_drills(calls, standing),
        *_to_extend(calls, standing, user),
        *_to_replace(calls, standing, user),
        *_to_cancel(calls, standing, user),
    ]


def _by_state(call: Call, standing: Standing, user: Any) -> Iterator[Move]:
    officer = standing.has_role(call, Role.OFFICER)
    approver = standing.has_role(call, Role.APPROVER)
    if call.state == S.DRAFT and officer:
        yield _move(
            call, _("Finish the draft and send it to the approver"), "call_draft", due=call.publish_at or call.deadline
        )
    elif call.state == S.IN_REVIEW and approver and call.created_by_id != user.pk:
        yield _move(call, _("Review the call before approval"), "call_review", due=call.publish_at)
    elif call.state == S.IN_REVIEW and officer:
        yield _move(call, _("approve the call"), "call_review", due=call.publish_at, whom=_("Approver"))
    elif call.state == S.APPROVED and officer and call.publish_at is None:
        yield _move(call, _("Publish the call"), "call_overview")
    elif call.state == S.APPROVED and officer:
        yield _move(call, _("publish the call"), "call_overview", due=call.publish_at, whom=_("Clock"))
    elif call.state == S.SUSPENDED and approver:
        yield _move(call, _("Resume the call, or have it cancelled"), "call_resumption")
    elif call.state == S.SUSPENDED and officer:
        yield _move(call, _("resume the call"), "call_overview", whom=_("Approver"))


def _own_seats(calls: list[Call], standing: Standing) -> Iterator[Move]:
    for call in calls:
        member = standing.seats.get(call.pk)
        if member is None or call.state in FINAL:
            continue
        if member.accepted_at is None:
            yield _move(call, _("Accept your appointment to the committee"), "call_committee", due=call.opening_at)
        elif hasattr(member, "key") and member.key.confirmed_at is None:
            title = _("Confirm your key") if member.key.made_at else _("Make your key")
            yield _move(call, title, "call_key", due=call.publish_at)


def _own_drills(calls: list[Call], standing: Standing) -> Iterator[Move]:
    """Test envelopes that wait for the key of this person, while the call collects."""
    held = {
        member.key.pk: call
        for call in calls
        if call.state == S.PUBLISHED
        and hasattr(member := standing.seats.get(call.pk), "key")
        and member.key.confirmed_at is not None
    }
    if not held:
        return
    waiting = KeyDrill.objects.filter(holder__in=held, answered_at=None)
    for holder in waiting.order_by("holder_id").values_list("holder_id", flat=True).distinct():
        yield _move(held[holder], _("Open the test envelope with your key"), "call_key", due=held[holder].deadline)


def _own_invitations(user: Any) -> Iterator[Move]:
    rows = SeatInvitation.objects.filter(email__iexact=user.email, taken_at=None, withdrawn_at=None)
    for row in rows.select_related("call"):
        url = reverse("seat_invitation", args=[token_of(row)])
        yield Move(title=_("Take up your seat on the committee"), detail=row.call.title_in(), url=url)


def _of_members(calls: list[Call], standing: Standing) -> Iterator[Move]:
    """What officers wait for: acceptances and keys."""
    by_number = {call.pk: call for call in calls if standing.has_role(call, Role.OFFICER)}
    rows = CommitteeMember.objects.filter(call__in=by_number, ended_at=None).select_related("user", "key")
    for member in rows.order_by("call_id", "seat", "label"):
        call = by_number[member.call_id]
        whom = f"{_(member.label)}, {member.organisation_name or member.user}"
        if member.accepted_at is None:
            yield _move(call, _("accept the appointment"), "call_committee", due=call.opening_at, whom=whom)
        elif hasattr(member, "key") and member.key.confirmed_at is None and call.state in BEFORE_PUBLICATION:
            yield _move(call, _("make and confirm the key"), "call_committee", due=call.publish_at, whom=whom)


def _of_drills(calls: list[Call], standing: Standing) -> Iterator[Move]:
    """Key holders whose test envelope is not open yet, for the officers of a call that collects."""
    by_number = {call.pk: call for call in calls if call.state == S.PUBLISHED and standing.has_role(call, Role.OFFICER)}
    if not by_number:
        return
    current = KeyHolder.objects.filter(call__in=by_number, replaced_at=None).exclude(confirmed_at=None)
    waiting = current.filter(drills__answered_at=None, drills__isnull=False).select_related("member__user")
    for holder in waiting.order_by("call_id", "member_id").distinct():
        call, member = by_number[holder.call_id], holder.member
        whom = f"{_(member.label)}, {member.organisation_name or member.user}"
        yield _move(call, _("open the test envelope with the key"), "call_keys", due=call.deadline, whom=whom)


def _to_extend(calls: list[Call], standing: Standing, user: Any) -> Iterator[Move]:
    by_number = {call.pk: call for call in calls}
    for proposed in DeadlineExtension.objects.filter(call__in=by_number, decided_at=None):
        call = by_number[proposed.call_id]
        if standing.has_role(call, Role.APPROVER) and proposed.proposed_by_id != user.pk:
            yield _move(call, _("Decide whether the deadline moves"), "call_extension", due=call.deadline)
        elif standing.has_role(call, Role.OFFICER):
            yield _move(
                call, _("decide whether the deadline moves"), "call_extension", due=call.deadline, whom=_("Approver")
            )


def _to_replace(calls: list[Call], standing: Standing, user: Any) -> Iterator[Move]:
    """Replacements of key holders that another person than who asked decides on, while the call collects."""
    by_number = {call.pk: call for call in calls if call.state == S.PUBLISHED}
    asked = KeyReplacement.objects.filter(former__call__in=by_number, decided_at=None)
    for one in asked.select_related("former__member", "member"):
        call = by_number[one.former.call_id]
        if not standing.has_role(call, Role.OFFICER, Role.APPROVER, Role.AUTHORITY):
            continue
        page = reverse("call_key_replacement", args=[call.reference, one.former.member.label.lower()])
        mine = user.pk not in (one.asked_by_id, one.member.user_id)
        title = (
            _("Decide whether the key holder is replaced") if mine else _("decide whether the key holder is replaced")
        )
        yield _move(call, title, page, due=call.deadline, whom="" if mine else _("Another person"))


def _to_cancel(calls: list[Call], standing: Standing, user: Any) -> Iterator[Move]:
    by_number = {call.pk: call for call in calls}
    for request in Cancellation.objects.filter(call__in=by_number, decided_at=None):
        call = by_number[request.call_id]
        if standing.has_role(call, Role.AUTHORITY) and request.asked_by_id != user.pk:
            yield _move(call, _("Decide whether the call is cancelled"), "call_cancellation")
        elif standing.has_role(call, Role.OFFICER):
            yield _move(call, _("decide whether the call is cancelled"), "call_cancellation", whom=_("Authority"))


def _move(call: Call, title: str, page: str, *, due: datetime | None = None, whom: str = "") -> Move:
    return Move(
        title=title,
        detail=call.title_in(),
        url=page if page.startswith("/") else reverse(page, args=[call.reference]),
        due=due,
        zone=call.timezone,
        mine=not whom,
        whom=whom,
    )

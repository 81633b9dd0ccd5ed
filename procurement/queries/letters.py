"""The letters of a notification, for those who may read them, with the proof that each one left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.enums import Role
from procurement import permissions
from procurement.models import Call, Letter
from procurement.models.recipients import letter_round
from workflow.models import OutboxMessage

READERS = (Role.OFFICER, Role.AUTHORITY, Role.AUDITOR)
MAIL = "procurement.send_mail"


@dataclass(frozen=True)
class Sending:
    """One mail of a letter: to whom, and how far it got."""

    message: OutboxMessage
    person: str


def letters_visible_to(viewer: Any, *, call: Call) -> QuerySet[Letter]:
    """Return the letters of the present round to officers, the authority and the auditor; to others none."""
    if not permissions.has_role(call, viewer, *READERS):
        return Letter.objects.none()
    rows = call.letters.filter(round=letter_round(call)).select_related(
        "application__user", "application__organisation", "call__organisation", "approved_by", "sent_by", "paper__file"
    )
    return rows.order_by("application_id", "id")


def earlier_letters(viewer: Any, *, call: Call) -> QuerySet[Letter]:
    """Return the letters that were sent before an award was withdrawn."""
    if not permissions.has_role(call, viewer, *READERS):
        return Letter.objects.none()
    rows = call.letters.filter(round__lt=letter_round(call)).select_related("application", "paper__file", "call")
    return rows.order_by("-round", "application_id")


def sendings(letters: Iterable[Letter]) -> dict[int, list[Sending]]:
    """Return, by letter, the mails that carry it: the proof of sending, in two readings whatever their number."""
    from accounts.models import User

    letters = [one for one in letters if one.paper_id]
    by_paper = {one.paper_id: one.pk for one in letters}
    rows = list(OutboxMessage.objects.filter(task=MAIL, payload__ids__paper__in=list(by_paper)).order_by("id"))
    people = User.objects.in_bulk({row.payload["user_id"] for row in rows})
    found: dict[int, list[Sending]] = {one.pk: [] for one in letters}
    for row in rows:
        person = people.get(row.payload["user_id"])
        found[by_paper[row.payload["ids"]["paper"]]].append(Sending(row, person.email if person else ""))
    return found

"""Messages of a call that could not be delivered: before the opening only those that say nothing of applicants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from accounts.models import User
from procurement import permissions
from procurement.models import Application, Call, Paper
from workflow.models import OutboxMessage

FROM_THE_START = {  # kinds of mail that go to those who run the call
    "call_to_review", "call_returned", "call_approved", "seat_given", "seat_ended", "seat_invitation", "key_named",
    "opening_started", "cancellation_asked", "cancellation_dropped",
}  # fmt: skip


@dataclass(frozen=True)
class DeadMessage:
    """One message that gave up: what it was, for whom, and the last thing that went wrong."""

    message: OutboxMessage
    kind: str
    person: str
    application: str


def dead_messages(call: Call, viewer: Any) -> list[DeadMessage]:
    """Return the dead messages of a call to its officers and the auditor, the latest first."""
    if not (permissions.is_officer(call, viewer) or permissions.has_role(call, viewer, Role.AUDITOR)):
        return []
    rows = list(OutboxMessage.objects.filter(scope=call.reference, dead_at__isnull=False).order_by("-dead_at", "-id"))
    if call.opened_at is None:
        rows = [row for row in rows if _prepared(call, row)]
    return _named(rows)


def _prepared(call: Call, row: OutboxMessage) -> bool:
    """Tell whether a message belongs to the preparation of the call and to no applicant."""
    if row.payload.get("application_id"):
        return False
    if row.task == "procurement.send_mail":
        return row.payload.get("kind") in FROM_THE_START
    if row.task == "procurement.write_paper":
        return call.papers.filter(pk=row.payload.get("paper_id"), application=None).exists()
    return row.task == "procurement.announce_call"


def _named(rows: list[OutboxMessage]) -> list[DeadMessage]:
    people = User.objects.in_bulk({row.payload["user_id"] for row in rows if row.payload.get("user_id")})
    papers = Paper.objects.defer("facts").in_bulk(
        {row.payload["paper_id"] for row in rows if row.payload.get("paper_id")}
    )
    ids = {row.payload["application_id"] for row in rows if row.payload.get("application_id")}
    labels = dict(Application.objects.filter(pk__in=ids).values_list("pk", "label"))
    return [
        DeadMessage(
            message=row,
            kind=str(row.payload.get("kind") or _paper_kind(papers.get(row.payload.get("paper_id"))) or row.task),
            person=str(people.get(row.payload.get("user_id"), "")),
            application=labels.get(row.payload.get("application_id"), ""),
        )
        for row in rows
    ]


def _paper_kind(paper: Paper | None) -> str:
    return str(paper.get_kind_display()) if paper else ""

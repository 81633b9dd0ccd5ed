"""The Grenoble call before and after its publication, by the real acts, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from procurement.demo import drafting
from procurement.demo.cast import Cast, gather
from procurement.demo.stage import Stage
from procurement.models import Call, CommitteeMember, Subscription
from tests.procurement.played_once import played_once
from workflow import clock, outbox
from workflow.models import AuditEvent, OutboxMessage

MADRID = ZoneInfo("Europe/Madrid")


@dataclass
class Office:
    """A call and its people; `stage` has the clock."""

    stage: Stage
    call: Call

    @property
    def cast(self) -> Cast:
        """Return everybody."""
        return self.stage.cast

    def fresh(self) -> Call:
        """Return the call as the database has it now."""
        self.call = Call.objects.select_related("organisation").get(pk=self.call.pk)
        return self.call

    def seat(self, label: str) -> CommitteeMember:
        """Return the member who holds a label now."""
        return self.call.members.get(label=label, ended_at=None)


def local(text: str) -> datetime:
    """Return an instant of the call's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=MADRID)


@played_once
def office(until: str = "written", **stage: Any) -> Office:
    """Return the call written, seated, in_review, approved or published."""
    made = Stage(cast=gather(), world=write_papers, **stage)
    call = drafting.write_draft(made)
    if until != "written":
        call = drafting.seat_committee(made, call)
    if until == "in_review":
        from procurement.actions.send_to_review import send_to_review

        now = made.at("2020-01-27T11:00")
        call = send_to_review(call=call, actor=made.cast["officer"], now=now)
    if until in ("approved", "published"):
        call = drafting.have_approved(made, call)
    if until == "published":
        call = drafting.publish(made, call)
    return Office(made, call)


def write_papers() -> None:
    """Write the papers that were asked for; mails wait."""
    for pk in _waiting().filter(task="procurement.write_paper"):
        outbox.deliver(pk)


def settle() -> None:
    """Deliver every message that waits, whoever leased it, and what that posts."""
    for _round in range(5):
        for pk in list(_waiting()):
            outbox.deliver(pk)


def _waiting() -> Any:
    return OutboxMessage.objects.filter(done_at=None, dead_at=None).order_by("id").values_list("pk", flat=True)


def acts_of(call: Call) -> list[str]:
    """Return the acts of the log, oldest first."""
    return list(
        AuditEvent.objects.filter(scope=call.reference, outcome="done").order_by("id").values_list("act", flat=True)
    )


def refusals_of(call: Call) -> list[tuple[str, list[str]]]:
    """Return the refused attempts on the call itself."""
    rows = AuditEvent.objects.filter(scope=call.reference, outcome="refused").order_by("id")
    return [(row.act, row.reasons) for row in rows]


def told(kind: str) -> set[str]:
    """Return the addresses to which mails of a kind were posted."""
    from accounts.models import User

    rows = OutboxMessage.objects.filter(task="procurement.send_mail", payload__kind=kind)
    return set(User.objects.filter(pk__in=[row.payload["user_id"] for row in rows]).values_list("email", flat=True))


def subscriber(email: str, *, language: str = "fr", confirmed: bool = True) -> Subscription:
    """Return somebody who hears of new calls."""
    return Subscription.objects.create(
        email=email, language=language, token=f"token-{email}", confirmed_at=clock.now() if confirmed else None
    )

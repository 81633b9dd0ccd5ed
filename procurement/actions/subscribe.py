"""Hear of new calls by mail: ask, confirm, leave."""

from __future__ import annotations

import secrets
from datetime import datetime

from procurement.models import Subscription
from procurement.subscription_links import confirmation_mail
from workflow import audit, outbox
from workflow.transitions import use_case


@use_case
def subscribe(*, email: str, language: str, now: datetime) -> Subscription:
    """Send a link to confirm the address, at most one a day; who subscribes already learns so only by that mail."""
    known = Subscription.objects.filter(email__iexact=email.strip()).first()
    subscription = known or Subscription.objects.create(
        email=email.strip().lower(), language=language, token=secrets.token_urlsafe(32), created_at=now
    )
    if known is None:
        audit.record(subscription, "subscribe", actor=None, now=now)
    subject, text = confirmation_mail(subscription, language=language)
    outbox.post(
        "workflow.send_mail", key=f"subscribe:{subscription.pk}:{now.date()}", now=now,
        to=subscription.email, subject=subject, text=text,
    )  # fmt: skip
    return subscription


@use_case
def confirm_subscription(*, subscription: Subscription, language: str, now: datetime) -> Subscription:
    """Begin to send; the person who followed the link reads that mailbox."""
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    locked.confirmed_at, locked.ended_at, locked.language = now, None, language
    locked.save(update_fields=["confirmed_at", "ended_at", "language"])
    audit.record(locked, "confirm_subscription", actor=None, now=now)
    return locked


@use_case
def end_subscription(*, subscription: Subscription, now: datetime) -> Subscription:
    """Send nothing any more."""
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if locked.ended_at is None:
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        audit.record(locked, "end_subscription", actor=None, now=now)
    return locked


def announce_call(*, call_id: int, now: datetime, kind: str = "new_call", key: str = "") -> int:
    """Post one mail of a kind for each confirmed subscriber; return how many there are."""
    numbers = list(
        Subscription.objects.filter(confirmed_at__isnull=False, ended_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for number in numbers:
        outbox.post(
            "procurement.tell_subscriber", key=f"{key or kind}:{call_id}:{number}", now=now, call_id=call_id,
            subscription_id=number, kind=kind,
        )  # fmt: skip
    return len(numbers)

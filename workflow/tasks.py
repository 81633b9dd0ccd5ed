"""Celery's side of the kernel: thin, idempotent, carrying identifiers only."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from workflow import clock, mail, outbox


@shared_task(name="workflow.deliver")
def deliver_message(message_id: int, **_: Any) -> None:
    """Deliver one message of the outbox."""
    outbox.deliver(message_id)


@shared_task(name="workflow.tick")
def tick(**_: Any) -> None:
    """Do what time alone brings about, then hand over what waits. Beat is only a hint."""
    clock.tick()
    outbox.relay()


@outbox.task("workflow.send_mail")
def send_mail(*, message: Any, now: Any, to: str, subject: str, text: str, **_: Any) -> None:
    """Send a mail written in advance, then forget its words: they may hold a secret link."""
    mail.send(to=to, subject=subject, text=text, message_key=message.key)
    message.payload = {"to": to, "subject": subject, "text": ""}

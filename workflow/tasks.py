"""Celery's side of the kernel: thin, idempotent, carrying identifiers only."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from workflow import availability, clock, mail, outbox, watch
from workflow.log import lag, sealer

log = logging.getLogger(__name__)


@shared_task(name="workflow.deliver", bind=True)
def deliver_messages(self: Any, message_ids: list[int], **_: Any) -> None:
    """Deliver messages of the outbox; the broker says when a process that had them ended over them."""
    again = bool((self.request.delivery_info or {}).get("redelivered"))
    for each in message_ids:
        outbox.deliver(each, again=again)


@shared_task(name="workflow.tick")
def tick(**_: Any) -> None:
    """Do what time alone brings about, then hand over what waits. Beat is only a hint."""
    clock.tick()
    availability.sample()
    outbox.relay()


@shared_task(name="workflow.seal")
def seal_log(**_: Any) -> None:
    """Seal what was done since, and say it aloud when events wait too long."""
    sealer.seal_all()
    if (late := lag.found()).alarming:
        log.error("%s", late.sentence)


@shared_task(name="workflow.watch")
def watch_servers(**_: Any) -> None:
    """Look at what nobody would be told of otherwise; apart from the tick, which must not wait for a store."""
    watch.watch()


@outbox.task("workflow.send_mail")
def send_mail(*, message: Any, now: Any, to: str, subject: str, text: str, **_: Any) -> None:
    """Send a mail written in advance, then forget its words: they may hold a secret link."""
    mail.send(to=to, subject=subject, text=text, message_key=message.key)
    message.payload = {"to": to, "subject": subject, "text": ""}

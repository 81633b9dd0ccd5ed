"""Ask that one's personal data be erased."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from workflow import audit, outbox
from workflow.transitions import use_case


@use_case
def request_erasure(*, actor: User, now: datetime) -> None:
    """Tell the people who run the service, once a day at most, and note the request (GDPR, article 17)."""
    key = f"erasure:{actor.pk}:{now:%Y-%m-%d}"
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "mail/account/erasure.txt", {"person": actor, "now": now, "site_url": settings.SITE_URL}
        )
        subject = render_to_string("mail/account/erasure_subject.txt", {"person": actor})
    outbox.post(
        "workflow.send_mail", key=key, now=now, to=settings.CONTACT_EMAIL, subject=" ".join(subject.split()), text=text
    )
    audit.record(actor, "request_erasure", actor=actor, now=now)

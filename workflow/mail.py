"""Mail through the configured server, with a Message-ID that a second sending repeats."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import urlparse

from django.conf import settings
from django.core.mail import EmailMessage

Attachment = tuple[str, bytes, str]


def send(*, to: str, subject: str, text: str, message_key: str, attachments: Sequence[Attachment] = ()) -> None:
    """Send one mail to one person. The Message-ID derives from the key, so a repeated sending is recognisable."""
    host = urlparse(settings.SITE_URL).hostname or "localhost"
    digest = hashlib.sha256(message_key.encode()).hexdigest()[:32]
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        to=[to],
        headers={"Message-ID": f"<{digest}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    for name, content, media_type in attachments:
        message.attach(name, content, media_type)
    message.send()

"""The mail that asks somebody to confirm that they want to hear of new calls."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from procurement.models import Subscription


def confirmation_mail(subscription: Subscription, *, language: str) -> tuple[str, str]:
    """Write the mail with the two links, to confirm and to leave: its subject and its text."""
    with translation.override(language):
        context = {
            "confirm": settings.SITE_URL + reverse("subscription_confirm", args=[subscription.token]),
            "leave": leave_link(subscription),
            "confirmed": subscription.confirmed_at is not None and subscription.ended_at is None,
        }
        subject = render_to_string("mail/subscription.subject.txt", context)
        text = render_to_string("mail/subscription.txt", context)
    return " ".join(subject.split()), text.strip() + "\n"


def leave_link(subscription: Subscription) -> str:
    """Return the address at which a subscription is ended."""
    return settings.SITE_URL + reverse("subscription_leave", args=[subscription.token])

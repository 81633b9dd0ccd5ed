"""The signed link of an invitation to a committee, and the mail that carries it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from procurement.models import SeatInvitation

SALT = "procurement.seat"


def token_of(invitation: SeatInvitation) -> str:
    """Return the signed name of an invitation; it holds nothing but its identifier."""
    return signing.dumps(invitation.pk.hex, salt=SALT)


def invitation_named(token: str) -> SeatInvitation | None:
    """Return the invitation whose link was followed; None for a forged or damaged one."""
    try:
        name = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
    return SeatInvitation.objects.select_related("call__organisation").filter(pk=name).first()


def invitation_mail(invitation: SeatInvitation) -> tuple[str, str]:
    """Write the mail in the language of the call, when the service speaks it: its subject and its text."""
    call = invitation.call
    language = call.language if call.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "call": call,
            "seat": invitation.get_seat_display(),
            "link": settings.SITE_URL + reverse("seat_invitation", args=[token_of(invitation)]),
        }
        subject = render_to_string("mail/seat_invitation.subject.txt", context)
        text = render_to_string("mail/seat_invitation.txt", context)
    return " ".join(subject.split()), text.strip() + "\n"

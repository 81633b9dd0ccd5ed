"""The letter of an invitation and the signed link in it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import Invitation, User
from workflow import outbox

SALT = "accounts.invitation"


def token_of(invitation: Invitation) -> str:
    """Return the signed name of an invitation; it holds nothing but its identifier."""
    return signing.dumps(invitation.pk.hex, salt=SALT)


def invitation_named(token: str) -> Invitation | None:
    """Return the invitation whose link was followed; None for a forged or damaged one."""
    try:
        name = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("organisation", "created_by").filter(pk=name).first()


def send(invitation: Invitation, *, now: datetime) -> None:
    """Post the mail, in the language of the account of that address or of the service."""
    known = User.objects.filter(email__iexact=invitation.email).values_list("language", flat=True).first()
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "link": settings.SITE_URL + reverse("invitation", kwargs={"token": token_of(invitation)}),
    }
    with translation.override(known or settings.LANGUAGE_CODE):
        subject = render_to_string("mail/account/invitation_subject.txt", context)
        text = render_to_string("mail/account/invitation.txt", context)
    outbox.post(
        "workflow.send_mail",
        key=f"invitation:{invitation.pk}",
        now=now,
        to=invitation.email,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
    )

"""How allauth speaks for us: its mails go by the outbox in the person's language, its acts go to the log."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from axes.utils import reset as lift_lockout
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts import queries
from accounts.enums import AppliesAs
from accounts.models import User
from accounts.requests import safe_path
from accounts.second_factor import count_as_proved, forget_second_factor, proved_recently
from workflow import audit, clock, outbox


class AccountAdapter(DefaultAccountAdapter):
    """Registration, confirmation, login and reset, in the words and by the ways of this service."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render a text in the language of the account, or of the reader, and post it; nothing is sent from here."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = person.language if isinstance(person, User) else translation.get_language()
        context = {**context, "email": email, "person": person, "site_url": settings.SITE_URL}
        with translation.override(language):
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            text = render_to_string(f"{template_prefix}_message.txt", context)
        outbox.post(
            "workflow.send_mail",
            key=f"{template_prefix.rsplit('/', 1)[-1]}:{uuid.uuid4()}",
            now=clock.now(),
            to=email,
            subject=" ".join(subject.split()),
            text=text.strip() + "\n",
        )

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Note a change of password, address or second factor in the log, and tell the person."""
        act = template_prefix.rsplit("/", 1)[-1]
        audit.record(user, act, actor=user, now=clock.now())
        if act in {"totp_deactivated", "webauthn_removed"}:
            forget_second_factor(self.request)
        if act in {"totp_activated", "webauthn_added"}:
            count_as_proved(self.request, kind=act.partition("_")[0])
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link of the confirmation on our own address; it leads on to what the person had wanted to do."""
        link = settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])
        onward = _onward(request, emailconfirmation.email_address.user)
        return f"{link}?{urlencode({'next': onward})}" if onward else link

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of the reset on our own address, whatever host the request named."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page after login: a person who came for a firm and has none yet registers it first."""
        user = request.user
        if isinstance(user, User) and user.applies_as == AppliesAs.FIRM and not queries.firms_of(user).exists():
            return reverse("firm_creation")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to confirm who one is: the second factor where there is one, else the password."""
        methods = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"].startswith("mfa")]
        if not is_mfa_enabled(user, ["totp"]):
            strong.reverse()  # a passkey before the recovery codes
        return strong or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again before a change of the second factor, except to those who have just logged in."""
        return super().is_reauthentication_required(app=app, **kwargs) and not proved_recently(self.request)

    def set_password(self, user: User, password: str) -> None:
        """Keep the new password, and lift the lockout of those who had forgotten the old one."""
        super().set_password(user, password)
        lift_lockout(username=user.email)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting of wrong passwords to the lockout of django-axes, which all processes share."""


def _onward(request: HttpRequest, user: User) -> str:
    """Return the page of ours from which somebody was sent to register; who comes for a firm registers that first."""
    return safe_path(request, request.POST.get("next")) if user.applies_as != AppliesAs.FIRM else ""

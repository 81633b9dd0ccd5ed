"""What each request needs to know of the person: are they signed in, twice where they must, and how do they read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from accounts import staff, unsent
from accounts.requests import page_of, send_to

GetResponse = Callable[[HttpRequest], HttpResponse]

# What a member of staff without a second factor may reach: the way to get one, and the way out.
WITHOUT_SECOND_FACTOR = {
    "two_factor_required",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "account_confirm_email",
    "set_language",
    "set_theme",
    "accessibility",
    "personal_data",
    "legal",
}


class LoginRequired(LoginRequiredMiddleware):
    """Every page asks for a session unless it says otherwise; a script whose session ended is told, not redirected."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        """Answer 401 with the address of the login page to a script; send a person there, and keep what they typed."""
        return unsent.send_to_log_in(request)


class TwoFactorMiddleware:
    """Staff without a second factor reach the page that explains it, and nothing else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop a person who must have a second factor and has none."""
        match = request.resolver_match
        if not settings.TWO_FACTOR_REQUIRED or (match and match.url_name in WITHOUT_SECOND_FACTOR):
            return None
        if not request.user.is_authenticated or used_second_factor(request):
            return None
        if not staff.is_staff(request.user) or is_mfa_enabled(request.user, ["totp", "webauthn"]):
            return None
        return send_to(request, reverse("two_factor_required"), come_back=page_of(request))


def used_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session was opened, or confirmed since, with a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class ReaderMiddleware:
    """Pages speak the reader's language and show the reader's hour."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            read_as(request, language=request.user.language, zone=request.user.timezone)
        else:
            timezone.deactivate()
        response = self.get_response(request)
        if request.user.is_authenticated:
            unsent.remember(request, response)
        return response


def read_as(request: HttpRequest, *, language: str, zone: str) -> None:
    """Activate a language, unless the reader chose another on this device, and a time zone."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
    try:
        timezone.activate(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        timezone.deactivate()

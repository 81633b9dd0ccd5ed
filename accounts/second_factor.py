"""A fresh second factor for the acts that count: publish, open, award."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.requests import page_of, send_to, wants_json

View = Callable[..., HttpResponse]
RESUME = "second_factor_resume"  # session key of a form that waits for the confirmation


def fresh_second_factor(view: View) -> View:
    """Let a view run only when the person has just proved who they are; else ask, and keep the form they sent.

    With a second factor on the account only that counts, without one the password does. “Just” is
    ACCOUNT_REAUTHENTICATION_TIMEOUT seconds. Nothing is asked where TWO_FACTOR_REQUIRED is off.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_fresh(request):
            return _ask(request)
        if request.session.get(RESUME, {}).get("path") == request.get_full_path():
            del request.session[RESUME]
        return view(request, *args, **kwargs)

    return asked


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether an act that counts may go on in this session."""
    return not settings.TWO_FACTOR_REQUIRED or proved_recently(request)


def proved_recently(request: HttpRequest) -> bool:
    """Tell whether a proof of identity in this session, its login included, is strong and recent enough."""
    method = "mfa" if is_mfa_enabled(request.user) else "password"
    records = get_authentication_records(request, request.user)
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record.get("method") in {method, "mfa"} and record.get("at", 0) > since for record in records)


def count_as_proved(request: HttpRequest, *, kind: str) -> None:
    """Let this session count as proved by the second factor that was just set up in it: its code or key was shown."""
    records = get_authentication_records(request, request.user)
    proof = {"method": "mfa", "type": kind, "at": time.time()}
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*records, proof]


def forget_second_factor(request: HttpRequest) -> None:
    """Let this session count as opened by password only, once a second factor was removed from the account."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one.get("method") != "mfa"]


def _ask(request: HttpRequest) -> HttpResponse:
    page = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    if request.method != "POST" or wants_json(request):
        return send_to(request, page, come_back=page_of(request))
    fields = [[name, text] for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    request.session[RESUME] = {"path": request.get_full_path(), "fields": fields, "page": page_of(request)}
    return send_to(request, page, come_back=reverse("second_factor_confirmed"))

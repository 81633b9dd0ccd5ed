"""Sessions of people, opened without the pages that open them: what is measured is what comes after."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from procurement.demo.codes import CODE
from procurement.models import Application
from procurement.web.access import PREFIX

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOKEN = "b" * 32


def headers_of(user: User) -> dict[str, str]:
    """Return the headers of somebody who logged in with a second factor: cookies and the token of every form."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.create()
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: TOKEN}
    return {
        **visitor(),
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": TOKEN,
    }


def with_code(headers: dict[str, str], application: Application) -> dict[str, str]:
    """Return the headers of an applicant whose browser keeps the access code."""
    return {**headers, "Cookie": f"{headers['Cookie']}; {PREFIX}{application.reference}={CODE}"}


def visitor() -> dict[str, str]:
    """Return the headers of somebody who only reads."""
    return {"Host": "localhost", "Accept": "text/html", "Accept-Language": "fr", "Accept-Encoding": "identity"}

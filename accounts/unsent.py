"""A form that was sent after its session had ended: kept, and given back to the same person once they are logged in.

What is kept is encrypted, with a key that stays in the browser: the server's own rows say nothing of what was typed.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from accounts.requests import page_of, safe_path, send_to, wants_json

KEY = "unsent"  # in the session
LOCK = "appel_unsent"  # cookie: the key of what the session keeps
WRITER = "appel_writer"  # cookie, signed: who was logged in here last, for a little longer than a session lasts
LASTS = settings.SESSION_COOKIE_AGE + 24 * 60 * 60  # seconds
LONGEST = 200_000  # characters of a form that are kept
FORM = "application/x-www-form-urlencoded"  # a form with files is not read: nobody may send them before logging in


def typed_form(request: HttpRequest) -> dict[str, Any] | None:
    """Return a form that was sent, as it can be sent again: fields as name and text, without passwords and its token."""
    if request.method != "POST" or request.content_type != FORM or wants_json(request):
        return None
    sent = [[name, text] for name, texts in request.POST.lists() for text in texts]
    fields = [field for field in sent if field[0] != "csrfmiddlewaretoken" and "password" not in field[0]]
    if not fields or sum(len(name) + len(text) for name, text in fields) > LONGEST:
        return None
    return {"path": request.get_full_path(), "page": page_of(request), "fields": fields}


def long_texts(form: dict[str, Any]) -> list[str]:
    """Return what somebody has written and would not like to write again."""
    return [text for _name, text in form["fields"] if "\n" in text or len(text) > 40]


def keep(request: HttpRequest) -> bytes | None:
    """Keep a form in the session that begins; return the key that the browser must keep, None when it cannot be kept.

    Only what was sent from a browser in which somebody had been logged in shortly before is kept, and only for them.
    """
    person = _writer(request)
    form = typed_form(request) if person else None
    if form is None:
        return None
    key, nonce = AESGCM.generate_key(256), token_bytes(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, json.dumps(form).encode(), person.encode())
    request.session[KEY] = {"person": person, "path": form["path"], "sealed": urlsafe_b64encode(sealed).decode()}
    return key


def send_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send the reader to log in, and back to where they were; what they had typed is kept, its key in their browser."""
    key = keep(request)
    login = resolve_url(settings.LOGIN_URL)
    response = send_to(request, login, come_back=reverse("unsent") if key else page_of(request))
    if key:
        text = urlsafe_b64encode(key).decode()
        response.set_cookie(LOCK, text, max_age=LASTS, httponly=True, samesite="Strict", secure=settings.SECURE)
    return response


def given_back(request: HttpRequest) -> dict[str, Any] | None:
    """Return the form that waits for this person in this browser; what waits for another one is forgotten."""
    waiting = request.session.get(KEY)
    if waiting and waiting["person"] == str(request.user.pk):
        form = _opened(waiting, request.COOKIES.get(LOCK, ""))
        if form is not None and safe_path(request, form["path"]):
            return form
    request.session.pop(KEY, None)
    return None


def _opened(waiting: dict[str, Any], key: str) -> dict[str, Any] | None:
    try:
        sealed = urlsafe_b64decode(waiting["sealed"])
        plain = AESGCM(urlsafe_b64decode(key)).decrypt(sealed[:12], sealed[12:], waiting["person"].encode())
    except (InvalidTag, ValueError):
        return None
    return dict(json.loads(plain))


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser who writes here, and forget a form that has been sent now."""
    if request.method == "POST" and request.session.get(KEY, {}).get("path") == request.get_full_path():
        del request.session[KEY]
        response.delete_cookie(LOCK, samesite="Strict")
    person = str(request.user.pk)
    if _writer(request) != person:
        response.set_signed_cookie(
            WRITER, person, salt=WRITER, max_age=LASTS, httponly=True, samesite="Lax", secure=settings.SECURE
        )


def _writer(request: HttpRequest) -> str:
    try:
        return str(request.get_signed_cookie(WRITER, default="", salt=WRITER, max_age=LASTS))
    except BadSignature:
        return ""

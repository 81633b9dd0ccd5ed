"""A form that was sent after its session had ended: kept, and given back to the same person once they are logged in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.requests import page_of, safe_path, wants_json

KEY = "unsent"  # in the session
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


def keep(request: HttpRequest) -> str:
    """Keep a form in the session that begins; return the page that gives it back, empty when it cannot be kept.

    Only what was sent from a browser in which somebody had been logged in shortly before is kept, and only for them.
    """
    person = _writer(request)
    form = typed_form(request) if person else None
    if form is None:
        return ""
    request.session[KEY] = {"person": person, **form}
    return reverse("unsent")


def given_back(request: HttpRequest) -> dict[str, Any] | None:
    """Return the form that waits for this person; what waits for another one is forgotten."""
    waiting = request.session.get(KEY)
    if waiting and waiting["person"] == str(request.user.pk) and safe_path(request, waiting["path"]):
        return dict(waiting)
    request.session.pop(KEY, None)
    return None


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser who writes here, and forget a form that has been sent now."""
    if request.method == "POST" and request.session.get(KEY, {}).get("path") == request.get_full_path():
        del request.session[KEY]
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

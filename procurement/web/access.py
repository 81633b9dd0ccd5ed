"""The access code between two requests: in a cookie of the applicant's own browser, one for each application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from procurement.models import Application
from procurement.models.access import Access, access_with
from workflow import clock

PREFIX = "appel_seal_"
KEPT_AFTER = timedelta(days=60)  # after the deadline: receipts are still asked for then
AT_LEAST = timedelta(days=7)


def access_of_request(request: HttpRequest, application: Application) -> Access | None:
    """Return the access that a request brought to an application; None without a cookie, or with an older code."""
    typed = request.COOKIES.get(PREFIX + application.reference, "")
    return access_with(typed, reference=application.reference, check=application.key_check) if typed else None


def keep_access(response: HttpResponse, application: Application, access: Access) -> None:
    """Leave the code in the browser until some weeks after the deadline; scripts and other sites never see it."""
    deadline, now = application.call.deadline, clock.now()
    lasts = max((deadline or now) + KEPT_AFTER - now, AT_LEAST)
    response.set_cookie(
        PREFIX + application.reference, access.code, max_age=int(lasts.total_seconds()), path="/", httponly=True,
        samesite="Strict", secure=settings.SECURE,
    )  # fmt: skip


class ForgetAccess:
    """Logging out takes the access codes out of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.url_name == "account_logout" and request.method == "POST":
            for name in request.COOKIES:
                if name.startswith(PREFIX):
                    response.delete_cookie(name, path="/", samesite="Strict")
        return response

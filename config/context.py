"""What every page needs: the theme, the demonstration's banner and clock, and the navigation of this person."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from accounts import queries
from accounts.enums import STAFF_ROLES
from accounts.requests import safe_path
from workflow import clock

NavItem = dict[str, Any]


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the base template."""
    theme = request.COOKIES.get("theme", "")
    return {
        "demo": settings.DEMO,
        "now": clock.now() if settings.DEMO and settings.CLOCK_SETTABLE else None,
        "demo_zone": settings.DEMO_TIME_ZONE,
        "theme": theme if theme in {"light", "dark"} else "",
        "site_url": settings.SITE_URL,
        "owner": settings.OWNER_NAME,
        "nav": navigation(request),
    }


def navigation(request: HttpRequest) -> list[NavItem]:
    """Return the links of the mast for this person; one whose page does not exist is left out."""
    user = getattr(request, "user", None)
    wanted = _of_person(user) if user is not None and user.is_authenticated else _of_visitor()
    items = [{"label": label, "url": url, "current": False} for name, label in wanted if (url := _address(name))]
    nearest = max((item for item in items if _is_under(request.path, item["url"])), key=_depth, default=None)
    if nearest:
        nearest["current"] = True
    return _carried_on(items, safe_path(request, request.GET.get("next")))


def _carried_on(items: list[NavItem], wanted: str) -> list[NavItem]:
    """Let who was sent to log in and registers instead, or the other way round, come back to what they wanted."""
    doors = {_address("account_login"), _address("account_signup")}
    carried = f"?{urlencode({'next': wanted})}" if wanted else ""
    return [{**item, "url": item["url"] + carried} if item["url"] in doors else item for item in items]


def _of_visitor() -> list[tuple[str, str]]:
    return [
        ("public_calls", gettext("Open calls")),
        ("public_awards", gettext("Awards")),
        ("subscribe", gettext("Subscribe")),
        *_of_demonstration(),
        ("account_login", gettext("Log in")),
        ("account_signup", gettext("Register")),
    ]


def _of_demonstration() -> list[tuple[str, str]]:
    return [("demo", gettext("Demonstration"))] if settings.DEMO else []


def _of_person(user: Any) -> list[tuple[str, str]]:
    roles = queries.roles_of(user)
    names = [("desk", gettext("What awaits you"))]
    if roles & {str(role) for role in STAFF_ROLES}:
        names += [("calls", gettext("Calls"))]
    else:
        names += [("my_applications", gettext("My applications")), ("profile", gettext("Profile and CV"))]
    names += [("public_calls", gettext("Open calls"))]
    return [*names, *_of_demonstration(), ("account_settings", str(user))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _depth(item: NavItem) -> int:
    return len(item["url"])

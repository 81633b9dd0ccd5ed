"""What counts as “the same person failing again”: the address typed, whatever its case, and where it comes from."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def name_tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Return the address somebody tries to sign in with, in lower case; empty when there is none."""
    given = credentials or {}
    name = given.get("email") or given.get("username")
    if not name and request is not None:
        name = request.POST.get("login", "")
    return str(name or "").strip().lower()[:254]


def address_of(request: HttpRequest) -> str | None:
    """Return the network address of the person, behind as many proxies as the installation says it has."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # a session opened by a program, not over the network
        return None

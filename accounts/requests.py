"""How a request wants to be answered, and where it came from."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asked, not a person: it must never be sent to a page."""
    return "X-Requested-With" in request.headers or "application/json" in request.headers.get("Accept", "")


def safe_path(request: HttpRequest, address: str | None, *, default: str = "") -> str:
    """Return an address when it stays within this service, else the default."""
    if address and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return address
    return default


def page_of(request: HttpRequest) -> str:
    """Return the path of the page the reader has before them: this one, or the one that sent a form or a script."""
    if request.method == "GET" and not wants_json(request):
        return request.get_full_path()
    came_from = safe_path(request, request.headers.get("Referer"))
    if not came_from:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def send_to(request: HttpRequest, page: str, *, come_back: str) -> HttpResponse:
    """Send the reader to a page that leads back; a script gets 401 with the address, htmx goes there by itself."""
    url = f"{page}?{urlencode({'next': come_back})}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    if wants_json(request):
        return JsonResponse({"login": url}, status=401)
    return HttpResponseRedirect(url)

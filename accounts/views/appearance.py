"""Light or dark, for those whose browser runs no script."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from accounts.requests import safe_path

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def choice(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie that scripts may read, and go back."""
    response = HttpResponseRedirect(safe_path(request, request.POST.get("next"), default="/"))
    if (theme := request.POST.get("theme")) in {"light", "dark"}:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=settings.SECURE)
    return response

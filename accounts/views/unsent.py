"""The page on which a form waits that was sent after its session had ended."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import unsent


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Show what was typed, to be sent with one button; nothing has been done yet."""
    waiting = unsent.given_back(request)
    if waiting is None:
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    return render(request, "accounts/unsent.html", {"waiting": waiting, "texts": unsent.long_texts(waiting)})

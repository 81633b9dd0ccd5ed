"""The page that explains the second factor, and the page on which an interrupted act goes on."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import safe_path
from accounts.second_factor import RESUME, is_fresh


@require_safe
def required(request: HttpRequest) -> HttpResponse:
    """Explain why staff need a second factor, and lead to the ways of having one."""
    return render(request, "accounts/second_factor_required.html")


@require_safe
@never_cache
def confirmed(request: HttpRequest) -> HttpResponse:
    """Show the form that waited for the confirmation, to be sent with one button; nothing has been done yet."""
    waiting = request.session.get(RESUME)
    if not waiting or not safe_path(request, waiting["path"]):
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    if not is_fresh(request):
        messages.warning(request, gettext("You have not confirmed that it is you. Press the button again."))
        return redirect(waiting["page"])
    texts = [text for name, text in waiting["fields"] if (text and "\n" in text) or len(text) > 40]
    return render(request, "accounts/confirmed.html", {"waiting": waiting, "texts": texts})

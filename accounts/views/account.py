"""One's own account: settings, the export of one's data, the request for erasure."""

from __future__ import annotations

from copy import copy

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import personal, queries, staff
from accounts.actions.change_account import change_account
from accounts.actions.request_erasure import request_erasure
from accounts.forms import AccountForm
from workflow import clock


@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show the account and take changes of name, language and time zone."""
    form = AccountForm(request.POST or None, instance=copy(request.user))  # a form writes on its instance, valid or not
    if request.method == "POST" and form.is_valid():
        user = change_account(values=form.cleaned_data, actor=request.user, now=clock.now())
        with override(user.language):
            messages.success(request, gettext("Saved."))
        return _in_language(user.language)
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "form": form,
        "has_second_factor": bool(kinds - {Authenticator.Type.RECOVERY_CODES}),
        "second_factor_due": settings.TWO_FACTOR_REQUIRED and staff.is_staff(request.user),
        "memberships": queries.memberships_of(request.user),
    }
    return render(request, "accounts/settings.html", context)


def _in_language(language: str) -> HttpResponseRedirect:
    """Answer in the language just chosen, and keep it on this device."""
    response = redirect("account_settings")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        max_age=31536000,
    )
    return response


@require_safe
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Give everything that is kept about this person, as a file that a program can read (GDPR, article 20)."""
    with override("en"):
        content = personal.export_of(request.user, now=clock.now())
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_http_methods(["GET", "POST"])
def erasure(request: HttpRequest) -> HttpResponse:
    """Explain what is erased and what the law keeps; take the request."""
    if request.method == "POST":
        request_erasure(actor=request.user, now=clock.now())
        messages.success(request, gettext("Your request was sent. You will be answered within one month."))
        return redirect("account_settings")
    return render(request, "accounts/erasure.html", {"contact": settings.CONTACT_EMAIL})

"""The access code kept with an account: sealed under its password, opened with it, thrown away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.passwords import proves
from accounts.requests import safe_path
from procurement.actions.keep_code import forget_code, keep_code, open_kept_code
from procurement.models.access import Locked
from procurement.web.access import keep_access
from procurement.web.codes import ask_for_code, gone_on, show_code, waiting_of
from procurement.web.forms.applications import PasswordForm
from procurement.web.own_application import load_own
from workflow import clock


@never_cache
@require_POST
@sensitive_post_parameters("password")
def keeping(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the code that this device has under the password of the account."""
    own = load_own(request, reference)
    if own.access is None:
        raise Locked(own)
    form = _proved(request)
    if form.is_valid():
        keep_code(application=own, password=form.cleaned_data["password"], actor=request.user, now=clock.now())
        messages.success(request, gettext("Your code is kept with your account, locked with your password."))
        return redirect("application_code", reference)
    return show_code(request, own, password=form)


@never_cache
@require_POST
@sensitive_post_parameters("password")
def opening(request: HttpRequest, reference: str) -> HttpResponse:
    """Open with the password of the account what the code locks, and go on where the applicant was."""
    own = load_own(request, reference)
    back = safe_path(request, request.POST.get("next"))
    waiting = waiting_of(request, own)
    form = _proved(request)
    if form.is_valid():
        given: dict[str, Any] = {"password": form.cleaned_data["password"], "actor": request.user, "now": clock.now()}
        access = open_kept_code(application=own, **given)
        if access is not None:
            response = gone_on(request, own, back, waiting)
            keep_access(response, own, access)
            return response
        form.add_error("password", gettext("The kept copy does not open with this password. Type the code itself."))
    return ask_for_code(request, own, password=form, back=back, waiting=waiting, status=200)


def _proved(request: HttpRequest) -> PasswordForm:
    """Return the form with the password typed; a wrong one is an error of it, and counts towards the lockout."""
    form = PasswordForm(request.POST)
    if form.is_valid() and not proves(request, form.cleaned_data["password"]):
        form.add_error("password", gettext("This is not the password of your account."))
    return form


@require_POST
def forgetting(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw the kept copy away."""
    own = load_own(request, reference)
    forget_code(application=own, actor=request.user, now=clock.now())
    messages.success(request, gettext("Your code is no longer kept with your account."))
    return redirect("application_code", reference)

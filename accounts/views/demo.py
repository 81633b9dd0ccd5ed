"""Extras of the demonstration: its mail, and its accounts. Anywhere else these pages do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import demo, mailbox
from accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
View = Callable[..., HttpResponse]


def only_in_demonstration(view: View) -> View:
    """Let a page exist in the demonstration only."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(seen)


@only_in_demonstration
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Begin with the people."""
    return redirect("demo_accounts")


@only_in_demonstration
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """List the messages that were sent, newest first."""
    if mailbox.folder() is None:
        raise Http404
    return render(request, "demo/mail.html", {"letters": mailbox.letters()})


@only_in_demonstration
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    """Show one message."""
    letter = mailbox.letter_named(name)
    if letter is None:
        raise Http404
    return render(request, "demo/message.html", {"letter": letter})


@only_in_demonstration
@require_http_methods(["GET", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    """List the invented people with their passwords; log in as one of them with a button."""
    if request.method == "POST":
        return _log_in(request, request.POST.get("email", ""))
    return render(request, "demo/accounts.html", {"accounts": [demo.DemoAccount(*row) for row in demo.ACCOUNTS]})


def _log_in(request: HttpRequest, email: str) -> HttpResponse:
    """Open a session for an account of the list; any other address is unknown here."""
    if email not in {row[1] for row in demo.ACCOUNTS}:
        raise Http404
    user = get_object_or_404(User, email=email, is_active=True)
    logout(request)
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    return redirect(settings.LOGIN_REDIRECT_URL)

"""Hear of new calls by mail: ask, confirm, leave. A link in a mail changes nothing by being opened."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from procurement.actions.subscribe import confirm_subscription, end_subscription
from procurement.actions.subscribe import subscribe as ask
from procurement.models import Subscription
from workflow import clock


class AddressForm(forms.Form):
    """The address to which new calls are announced."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take an address and send it a link; the page says the same whether the address was known or not."""
    initial = {"email": request.user.email} if request.user.is_authenticated else None
    form = AddressForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        ask(email=form.cleaned_data["email"], language=_language(), now=clock.now())
        return render(
            request, "procurement/public_subscribed.html", {"step": "asked", "email": form.cleaned_data["email"]}
        )
    return render(request, "procurement/public_subscribe.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Begin to send, at the press of a button."""
    subscription = _named(token)
    if request.method == "POST":
        confirm_subscription(subscription=subscription, language=_language(), now=clock.now())
        return render(request, "procurement/public_subscribed.html", {"step": "confirmed", "email": subscription.email})
    return render(request, "procurement/public_subscribed.html", {"step": "confirm", "email": subscription.email})


@login_not_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Send nothing any more, at the press of a button."""
    subscription = _named(token)
    if request.method == "POST":
        end_subscription(subscription=subscription, now=clock.now())
        return render(request, "procurement/public_subscribed.html", {"step": "left", "email": subscription.email})
    return render(request, "procurement/public_subscribed.html", {"step": "leave", "email": subscription.email})


def _named(token: str) -> Subscription:
    subscription = Subscription.objects.filter(token=token).first()
    if subscription is None:
        raise Http404
    return subscription


def _language() -> str:
    return (get_language() or "fr").split("-")[0]

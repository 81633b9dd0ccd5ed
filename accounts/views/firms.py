"""Registering a firm in order to apply for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.actions.create_firm import create_firm
from accounts.organisation_forms import FirmForm
from workflow import clock


@require_http_methods(["GET", "POST"])
def creation(request: HttpRequest) -> HttpResponse:
    """Take the firm's details; the person becomes its representative."""
    form = FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        firm = create_firm(**form.cleaned_data, actor=request.user, now=clock.now())
        messages.success(request, gettext("You now represent %(name)s.") % {"name": firm.name})
        return redirect("organisation", reference=firm.reference)
    return render(request, "accounts/firm_creation.html", {"form": form})

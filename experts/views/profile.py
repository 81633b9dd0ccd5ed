"""The profile as a task list, and its parts that are one form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from experts.actions.write_profile import write_profile
from experts.completeness import parts_of, progress_of
from experts.forms import ExpertiseForm, IdentityForm
from experts.models import Expert
from experts.views.saving import keep, own_profile


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the parts of the profile and how far each is."""
    parts = parts_of(own_profile(request))
    return render(request, "experts/profile.html", {"parts": parts, "progress": progress_of(parts)})


@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """Where and how to reach the person, and VAT."""
    return _part(request, IdentityForm, "experts/identity.html")


@require_http_methods(["GET", "POST"])
def expertise(request: HttpRequest) -> HttpResponse:
    """Fields of expertise and a summary."""
    return _part(request, ExpertiseForm, "experts/expertise.html")


def _part(request: HttpRequest, form_class: type[forms.ModelForm], template: str) -> HttpResponse:
    expert = own_profile(request)
    form = form_class(request.POST or None, instance=expert)

    def save(values: dict[str, Any], now: datetime) -> Expert:
        return write_profile(expert=expert, values=values, actor=request.user, now=now)

    if request.method == "POST" and (answer := keep(request, form, save=save, done=reverse("profile"))):
        return answer
    return render(request, template, {"expert": expert, "form": form})

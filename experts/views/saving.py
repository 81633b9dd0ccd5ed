"""What every page of the profile does with a form: keep what is valid, say what is not, with or without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.requests import wants_json
from experts import queries
from experts.actions.open_profile import open_profile
from experts.models import Expert
from workflow import clock

Save = Callable[[dict[str, Any], datetime], Any]


def own_profile(request: HttpRequest) -> Expert:
    """Return the profile of the person who asks, opened at the first visit."""
    return queries.profile_of(request.user) or open_profile(actor=request.user, now=clock.now())


def keep(request: HttpRequest, form: forms.ModelForm, *, save: Save, done: str) -> HttpResponse | None:
    """Save the valid fields; answer a script with the hour and the errors, a person with the next page.

    None means that the page must be shown again, with the errors and the text that was typed.
    """
    form.is_valid()
    now = clock.now()
    sent = {name: form.cleaned_data[name] for name in form.cleaned_data if _was_sent(form, name)}
    save(sent, now)
    if wants_json(request):
        at = now.astimezone(timezone.get_current_timezone())
        return JsonResponse({"saved_at": at.isoformat(timespec="seconds"), "errors": form.errors})
    return None if form.errors else redirect(done)


def _was_sent(form: forms.ModelForm, name: str) -> bool:
    """Boxes without a tick are not in a form that is sent; every other field is, even when empty."""
    field = form.fields[name]
    return not field.widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))

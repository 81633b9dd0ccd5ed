"""The parts of the profile that are lists: each row has its own page; everything works without script."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from experts import queries
from experts.actions.add_row import add_row
from experts.actions.remove_row import remove_row
from experts.actions.write_row import write_row
from experts.forms import EducationForm, ExperienceForm, LanguageForm
from experts.models import Education, Experience, LanguageSkill
from experts.models.rows import Row
from experts.views.saving import keep, own_profile
from workflow import clock


@dataclass(frozen=True)
class Kind:
    """One sort of row and the words of its pages."""

    name: str
    model: type[Row]
    form: type[forms.ModelForm]
    of: Callable[[Any], QuerySet[Any]]
    title: Promise
    adding: Promise
    one: Promise
    empty: Promise

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the fields without which a row is not complete."""
        return self.model.NEEDED


LANGUAGES = Kind(
    "languages",
    LanguageSkill,
    LanguageForm,
    queries.languages_of,
    _("Languages"),
    _("Add a language"),
    _("Language"),
    _("The languages you work in will stand here, with their levels. Begin with your mother tongue."),
)
EDUCATION = Kind(
    "education",
    Education,
    EducationForm,
    queries.education_of,
    _("Education"),
    _("Add a diploma or training"),
    _("Diploma or training"),
    _("Your diplomas and trainings will stand here. Begin with the latest."),
)
EXPERIENCE = Kind(
    "experience",
    Experience,
    ExperienceForm,
    queries.experience_of,
    _("Experience"),
    _("Add a position or assignment"),
    _("Position or assignment"),
    _("Your positions and assignments will stand here. Begin with the latest."),
)
KINDS = (LANGUAGES, EDUCATION, EXPERIENCE)


@require_safe
def index(request: HttpRequest, kind: Kind) -> HttpResponse:
    """List the rows of one kind."""
    own_profile(request)
    name = f"profile_{kind.name}"
    rows = [{"url": reverse(f"{name}_row", args=[row.pk]), "row": row} for row in kind.of(request.user)]
    return render(request, "experts/rows.html", {"kind": kind, "rows": rows, "addition": reverse(f"{name}_addition")})


@require_POST
def addition(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Add a row and open its page."""
    row = add_row(expert=own_profile(request), model=kind.model, actor=request.user, now=clock.now())
    return redirect(f"profile_{kind.name}_row", row=row.pk)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, kind: Kind, row: uuid.UUID) -> HttpResponse:
    """Write one row; another person's row does not exist here."""
    entry = get_object_or_404(kind.of(request.user).select_related("expert"), pk=row)
    form = kind.form(request.POST or None, instance=entry)

    def save(values: dict[str, Any], now: datetime) -> Row:
        return write_row(row=entry, values=values, actor=request.user, now=now)

    done = reverse(f"profile_{kind.name}")
    if request.method == "POST" and (answer := keep(request, form, save=save, done=done)):
        return answer
    removal_url = reverse(f"profile_{kind.name}_removal", args=[row])
    context = {"kind": kind, "row": entry, "form": form, "removal": removal_url, "back": done}
    return render(request, "experts/row.html", context)


@require_POST
def removal(request: HttpRequest, kind: Kind, row: uuid.UUID) -> HttpResponse:
    """Remove one row."""
    entry = get_object_or_404(kind.of(request.user).select_related("expert"), pk=row)
    remove_row(row=entry, actor=request.user, now=clock.now())
    return redirect(f"profile_{kind.name}")

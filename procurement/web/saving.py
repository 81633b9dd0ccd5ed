"""Saving a part of an application: by script while it is written, or by its button. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from accounts.requests import wants_json
from procurement.enums import EnvelopeKind
from procurement.models import Application
from procurement.models.working_copy import WorkingEnvelope, working_envelope
from procurement.web.forms.applications import PartForm
from procurement.web.own_application import render_own, standing_of
from procurement.web.refusals import reasons_json
from workflow import clock
from workflow.refusals import Refused

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A part that is written: where it is stored, how it is read from there and saved to it, and its page.

    `save(what is valid, the version it began from, now)`; `told` adds to the answer to the script.
    """

    name: str
    kind: EnvelopeKind
    form: type[PartForm]
    values: Callable[[WorkingEnvelope], Values]
    save: Callable[[Values, str, datetime], WorkingEnvelope]
    template: str
    told: Callable[[WorkingEnvelope], Values] = field(default=lambda envelope: {})


def write_part(request: HttpRequest, application: Application, part: Part, **context: Any) -> HttpResponse:
    """Show a part, or save it: answer a script with the hour, a person with the list of parts.

    A refused saving shows the page again (409) with what was typed; what another window stored stands beside it.
    """
    if request.method != "POST":
        if not standing_of(application, now=clock.now()).writable:
            return redirect("application_check", application.reference)
        return show_part(request, application, part, **context)
    form = part.form(request.POST)
    form.is_valid()
    seen = form.cleaned_data.get("version", "")
    try:
        saved = part.save(form.written(), seen, clock.now())
    except Refused as refusal:
        return _refused(request, application, part, form, refusal, context)
    return _saved(request, application, part, saved, form, context)


def show_part(
    request: HttpRequest, application: Application, part: Part, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a part as it is stored."""
    envelope = _stored(application, part)
    form = part.form(initial={**part.values(envelope), "version": envelope.saved_parts.get(part.name, "")})
    return _page(request, application, part, envelope, form, context, status=status)


def _stored(application: Application, part: Part) -> WorkingEnvelope:
    return working_envelope(application, part.kind)


def _saved(
    request: HttpRequest,
    application: Application,
    part: Part,
    saved: WorkingEnvelope,
    form: PartForm,
    context: dict[str, Any],
) -> HttpResponse:
    version = saved.saved_parts[part.name]
    if wants_json(request):
        at = datetime.fromisoformat(version).astimezone(ZoneInfo(application.call.timezone))
        errors = {name: list(texts) for name, texts in form.errors.items()}
        told = {"saved_at": at.isoformat(timespec="seconds"), "version": version, "errors": errors}
        return JsonResponse({**told, **part.told(saved)})
    if form.errors:
        return _page(request, application, part, saved, _renewed(form, version), context)
    return redirect("application", application.reference)


def _refused(
    request: HttpRequest,
    application: Application,
    part: Part,
    form: PartForm,
    refusal: Refused,
    context: dict[str, Any],
) -> HttpResponse:
    if wants_json(request):
        return reasons_json(refusal.reasons)
    envelope = _stored(application, part)
    form = _renewed(form, envelope.saved_parts.get(part.name, ""))
    elsewhere = "SUB-08" in refusal.codes
    stored = stored_rows(part.form, part.values(envelope)) if elsewhere else []
    more = {**context, "reasons": refusal.reasons, "stored": stored}
    return _page(request, application, part, envelope, form, more, status=409)


def _page(
    request: HttpRequest,
    application: Application,
    part: Part,
    envelope: WorkingEnvelope,
    form: PartForm,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    stamp = envelope.saved_parts.get(part.name) if status == 200 else None
    shown = {
        "form": form,
        "part": part.name,
        "saved_at": datetime.fromisoformat(stamp) if stamp else None,
        **part.told(envelope),
        **context,
    }
    return render_own(request, application, part.template, shown, status=status)


def _renewed(form: PartForm, version: str) -> PartForm:
    """Return a form that is shown again, beginning from the version stored now."""
    form.data = form.data.copy()  # type: ignore[union-attr]
    form.data["version"] = version
    return form


def stored_rows(form_class: type[PartForm], values: Values) -> list[tuple[str, str]]:
    """Return what is stored as label and text, in the order of the form; what is empty is left out."""
    form = form_class(initial=dict(values))
    rows = []
    for bound in form:
        value = values.get(bound.name)
        if not bound.is_hidden and value not in ("", None):
            choices = dict(getattr(bound.field, "choices", ()))
            rows.append((str(bound.label), str(choices.get(value, value))))
    return rows

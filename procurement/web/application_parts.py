"""The parts of an application that are written: identity, price, and for whom one applies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts import queries as people
from procurement.actions.change_applicant import change_applicant
from procurement.actions.save_part import save_identity, save_price
from procurement.enums import EnvelopeKind
from procurement.models import Application
from procurement.models.browser_copy import may_choose, seals_in_browser
from procurement.models.facts.parts import price_total, working_contents
from procurement.models.working_copy import WorkingEnvelope, working_envelope
from procurement.web.application_tasks import is_above_ceiling
from procurement.web.browser_price import sealed_price
from procurement.web.forms.applications import ApplicantForm, IdentityForm, PriceForm, known_identity
from procurement.web.own_application import load_own
from procurement.web.saving import Part, Values, write_part
from workflow import clock
from workflow.templatetags.amounts import amount_text, mark_text

FIGURES = ("days", "rate", "expenses")


@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, reference: str) -> HttpResponse:
    """Who applies."""
    application = load_own(request, reference)

    def values(envelope: WorkingEnvelope) -> Values:
        return envelope.content.get("identity") or known_identity(application)

    def save(written: Values, seen: str, now: datetime) -> WorkingEnvelope:
        stored = working_contents(application)[EnvelopeKind.TECHNICAL].get("identity") or {}
        return save_identity(
            application=application, identity={**stored, **written}, actor=request.user, now=now, seen=seen
        )

    part = Part("identity", EnvelopeKind.TECHNICAL, IdentityForm, values, save, "application_identity.html")
    return write_part(request, application, part, applicant_form=_applicant_form(request, application))


@require_http_methods(["GET", "POST"])
def price(request: HttpRequest, reference: str) -> HttpResponse:
    """Days × rate + expenses."""
    application = load_own(request, reference)
    if seals_in_browser(application) and request.method == "GET":
        return sealed_price(request, application, vat_known=_vat_known(application))

    def values(envelope: WorkingEnvelope) -> Values:
        return {name: _figure(text) for name, text in (envelope.content.get("price") or {}).items()}

    def save(written: Values, seen: str, now: datetime) -> WorkingEnvelope:
        stored = values(working_envelope(application, EnvelopeKind.FINANCIAL))
        figures = {name: written.get(name, stored.get(name)) for name in FIGURES}
        return save_price(application=application, **figures, actor=request.user, now=now, seen=seen)

    def told(envelope: WorkingEnvelope) -> Values:
        total = price_total(envelope.content)
        currency = application.call.currency
        sum_shown = "" if total is None else _sum_shown(envelope.content["price"], total, currency)
        shown = amount_text(total, currency=currency)
        return {"total": shown, "sum": sum_shown, "above": is_above_ceiling(application.call, total)}

    part = Part("price", EnvelopeKind.FINANCIAL, PriceForm, values, save, "application_price.html", told)
    offered = may_choose(application)
    return write_part(request, application, part, vat_known=_vat_known(application), may_choose=offered)


def _sum_shown(written: Values, total: Decimal, currency: str) -> str:
    """Return the arithmetic of a price as one does it on paper."""
    parts = f"{mark_text(written.get('days'), places=None)} × {amount_text(written.get('rate'), currency=currency)}"
    if _figure(written.get("expenses")):
        parts += f" + {amount_text(written['expenses'], currency=currency)}"
    return f"{parts} = {amount_text(total, currency=currency)}"


@require_POST
def applicant(request: HttpRequest, reference: str) -> HttpResponse:
    """Apply for oneself, or for a firm one represents."""
    application = load_own(request, reference)
    form = _applicant_form(request, application)
    if form is not None and form.is_valid():
        change_applicant(application=application, organisation=form.organisation(), actor=request.user, now=clock.now())
    return redirect("application_identity", reference)


def _applicant_form(request: HttpRequest, application: Application) -> ApplicantForm | None:
    """Offer the choice to the person who began, while nothing was submitted, when there is a firm to choose."""
    firms = list(people.firms_of(request.user))
    if application.user_id != request.user.pk or not firms or application.submissions.exists():
        return None
    chosen = str(application.organisation.reference) if application.organisation else ""
    typed = request.POST if "applicant" in request.POST else None
    return ApplicantForm(typed, person=request.user, firms=firms, initial={"applicant": chosen})


def _vat_known(application: Application) -> bool:
    identity: dict[str, Any] = working_contents(application)[EnvelopeKind.TECHNICAL].get("identity") or {}
    return bool(identity.get("vat"))


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None

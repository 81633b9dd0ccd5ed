"""The financial envelope that an applicant seals in the browser: its page, and what the script of the page has kept here."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from procurement.actions.remove_document import remove_document
from procurement.actions.seal_in_browser import attach_sealed, choose_place, keep_sealed
from procurement.enums import EnvelopeKind
from procurement.models import Application, Document
from procurement.models.browser_copy import Prepared, may_choose, price_row, seals_in_browser
from procurement.queries.sealed_arrivals import FileTooLarge, IdTaken, discard_if_unused, receive_sealed
from procurement.queries.sealing_keys import sealing_facts
from procurement.rules import browser_sealing as rules
from procurement.rules.files import FORMATS
from procurement.web.forms.applications import PriceForm
from procurement.web.own_application import load_own, load_requirement, render_own, standing_of
from workflow import clock
from workflow.refusals import Refused
from workflow.templatetags.instants import instant_text

COMMITMENT = re.compile(r"[0-9a-f]{64}", re.ASCII)
OCTETS = "application/octet-stream"


def sealed_price(request: HttpRequest, application: Application, *, vat_known: bool) -> HttpResponse:
    """Draw the page on which the browser seals the price and its documents."""
    standing = standing_of(application, now=clock.now())
    if not standing.writable:
        return redirect("application_check", application.reference)
    call = application.call
    asked = [one for one in call.requirements.all() if one.envelope == EnvelopeKind.FINANCIAL]
    context = {
        "standing": standing,
        "vat_known": vat_known,
        "may_choose": may_choose(application),
        "begun": bool(price_row(application).key_check),
        "asked": [
            {"requirement": one, "accept": ",".join(f".{ending}" for ending in one.formats or FORMATS)} for one in asked
        ],
        "figures": [(bound.name, bound.label, "" if bound.name == "days" else call.currency) for bound in _figures()],
        "facts": {**page_facts(application), "most": {one.code: one.most_files for one in asked}},
    }
    return render_own(request, application, "application_price_sealed.html", context)


def _figures() -> list[Any]:
    form = PriceForm()
    return [form[name] for name in ("days", "rate", "expenses")]


def page_facts(application: Application) -> dict[str, Any]:
    """Return what the script of a page needs: the keys, the addresses, the currency."""
    call, reference = application.call, application.reference
    binding = call.ceiling_mode == "public_binding" and call.ceiling_amount is not None
    return {
        **sealing_facts(application),
        "addresses": {
            "kept": reverse("application_price_kept", args=[reference]),
            "file": f"{reverse('application_price_kept', args=[reference])}{{code}}/{{file}}",
            "submission": reverse("application_submission", args=[reference]),
        },
        "currency": call.currency,
        "ceiling": format(call.ceiling_amount, "f") if binding else "",
    }


@require_POST
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose where the price is sealed, or begin it anew where it is."""
    own = load_own(request, reference)
    choose_place(application=own, place=request.POST.get("place", ""), actor=request.user, now=clock.now())
    return redirect("application_price", reference)


@never_cache
@require_http_methods(["GET", "PUT"])
def kept(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the ciphertext of what was written back, or keep a newer one: octets, with the check of the code."""
    own = load_own(request, reference)
    if request.method == "GET":
        row = price_row(own)
        sealed = bytes(row.sealed) if row.sealed and seals_in_browser(own) else b""
        return HttpResponse(sealed, content_type=OCTETS) if sealed else HttpResponse(status=204)
    row = keep_sealed(
        application=own, sealed=request.body, check=request.headers.get("X-Key-Check", ""),
        seen=request.headers.get("X-Seen", ""), actor=request.user, now=clock.now(),
    )  # fmt: skip
    return JsonResponse({"saved_at": instant_text(row.saved_at, zone=own.call.timezone, style="clock_seconds")})


@require_http_methods(["PUT", "DELETE"])
def file(request: HttpRequest, reference: str, code: str, file: UUID) -> HttpResponse:
    """Take one file, sealed by the browser, as octets; or take it out of the working copy."""
    own = load_own(request, reference)
    if request.method == "DELETE":
        document = Document.objects.filter(application=own, file_id=file, requirement__code=code).first()
        if document is None:
            raise Http404
        document.application = own
        remove_document(document=document, actor=request.user, now=clock.now())
        return HttpResponse(status=204)
    requirement = load_requirement(own, code)
    if not standing_of(own, now=clock.now()).writable:
        raise Http404  # before a byte is read; the page itself says why
    try:
        stored = receive_sealed(request, file_id=file)
    except (FileTooLarge, IdTaken) as problem:
        return HttpResponse(status=413 if isinstance(problem, FileTooLarge) else 409)
    with discard_if_unused(stored):
        attach_sealed(application=own, requirement=requirement, stored=stored, actor=request.user, now=clock.now())
    return HttpResponse(status=204)


def prepared_of(request: HttpRequest, application: Application) -> Prepared | None:
    """Return the envelope that came with a submission, None where none did; refuses what cannot be one (BRO-02)."""
    if "envelope" not in request.POST:
        return None
    try:
        header = json.loads(request.POST["envelope"])
        body = b64decode(request.POST.get("body", ""), validate=True)
    except (ValueError, RecursionError):
        header, body = None, b""
    if not isinstance(header, dict):
        facts = rules.SealingFacts(in_browser=True, brought=True, reason="format")
        raise Refused([rules.WHOLE.objection(facts)], subject=application, act="submit_application")
    form = request.POST.get("form", "")
    return Prepared(header, body, form if COMMITMENT.fullmatch(form) else "")

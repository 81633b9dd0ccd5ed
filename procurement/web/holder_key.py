"""A holder's own key: made, shown on a recovery sheet and confirmed in the browser; here come its public half and proofs."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from procurement.actions.ask_drill import pass_drill
from procurement.actions.confirm_key import confirm_key
from procurement.actions.keep_key import keep_key
from procurement.demo.keys import PASSPHRASE
from procurement.letters import recovery_sheet
from procurement.letters.registry import render_paper
from procurement.models import Call, KeyHolder
from procurement.queries.drills import waiting_drill
from procurement.queries.papers.recovery_sheet import sheet_facts
from procurement.queries.roster import name_of
from procurement.web.workspace import load_call, render_page
from workflow import clock


class Unreadable(ValueError):
    """What a script sent is not what this address takes."""


def own_holder(request: HttpRequest, call: Call) -> KeyHolder:
    """Return the key that this person holds or is asked to make; to everybody else there is no such page."""
    holder = KeyHolder.objects.select_related("member__user", "call").filter(
        call=call, member__user=request.user, member__ended_at=None
    )  # fmt: skip
    if (found := holder.first()) is None:
        raise Http404
    return found


def sent(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that a script sent; refuses anything else."""
    try:
        found = json.loads(request.body)
    except ValueError as error:
        raise Unreadable("no JSON") from error
    if not isinstance(found, dict):
        raise Unreadable("no object")
    return found


def sent_bytes(found: dict[str, Any], name: str) -> bytes:
    """Return a field written in base64."""
    try:
        return base64.b64decode(found[name], validate=True)
    except (KeyError, TypeError, binascii.Error) as error:
        raise Unreadable(name) from error


@require_GET
def own_key(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what a holder does here: make the key, print the sheet, type it again."""
    call = load_call(request, reference)
    holder = own_holder(request, call)
    context = {
        "holder": holder,
        "demo_passphrase": PASSPHRASE,
        "key": {
            "call": call.reference,
            "holder": name_of(holder),
            "sealed": holder.private_sealed or None,
            "fingerprint": holder.fingerprint,
            "drill": _drill(holder),
        },
    }
    return render_page(request, call, "procurement/holder_key.html", context, tab="committee")


@require_POST
def keeping(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a key that the browser made; answer with the dummy envelope that the recovery sheet must open."""
    call = load_call(request, reference)
    holder = own_holder(request, call)
    try:
        found = sent(request)
        public, sealed = sent_bytes(found, "public"), found["sealed"]
    except (Unreadable, KeyError):
        return HttpResponse(status=400)
    if not isinstance(sealed, dict):
        return HttpResponse(status=400)
    kept = keep_key(holder=holder, public=public, private_sealed=sealed, actor=request.user, now=clock.now())
    return JsonResponse({"fingerprint": kept.fingerprint, "drill": _drill(kept)})


@require_GET
@never_cache
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the recovery sheet without the key, part by part: the browser writes the lines in and puts the file together."""
    call = load_call(request, reference)
    holder = own_holder(request, call)
    if not holder.fingerprint:
        raise Http404
    paper = sheet_facts(holder, language=get_language() or call.language, now=clock.now())
    name = f"{slugify(_('Recovery sheet'))}-{call.reference}.docx"
    marks = [recovery_sheet.mark(number + 1) for number in range(recovery_sheet.LINES)]
    return JsonResponse({"name": name, "marks": marks, "parts": recovery_sheet.parts_of(render_paper(paper=paper))})


@require_POST
def confirmation(request: HttpRequest, reference: str) -> HttpResponse:
    """Take what the retyped recovery sheet found in the dummy envelope."""
    told = _("Your key is confirmed. Keep the recovery sheet where only you find it.")
    return _answered(request, reference, confirm_key, told)


@require_POST
def drill(request: HttpRequest, reference: str) -> HttpResponse:
    """Take what a holder's key found in the dummy envelope of a drill."""
    return _answered(request, reference, pass_drill, _("The test envelope is open: your key is ready for the opening."))


def _answered(request: HttpRequest, reference: str, act: Callable[..., Any], told: str) -> HttpResponse:
    call = load_call(request, reference)
    holder = own_holder(request, call)
    try:
        answer = sent_bytes(sent(request), "answer")
    except Unreadable:
        return HttpResponse(status=400)
    act(holder=holder, answer=answer, actor=request.user, now=clock.now())
    messages.success(request, told)
    return JsonResponse({"url": reverse("call_key", args=[call.reference])})


def _drill(holder: KeyHolder) -> dict[str, Any] | None:
    found = waiting_drill(holder)
    return found.envelope if found else None

"""The key holders of a call and the quorum; each holder makes a key in their own account (holder_key.py)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from procurement import permissions
from procurement.actions.ask_drill import ask_drill
from procurement.actions.name_key_holders import name_key_holders
from procurement.enums import CallState
from procurement.models import Call
from procurement.web.forms.committee import KeysForm
from procurement.web.keys_page import drill_shown, keys_shown
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of

OPEN = (CallState.DRAFT, CallState.IN_REVIEW, CallState.APPROVED)


@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest, reference: str) -> HttpResponse:
    """Name the holders and the quorum; everybody on the call may see them."""
    call = load_call(request, reference)
    form = KeysForm(call, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, call, form)
    if not form.is_valid():
        return _page(request, call, form, status=422)
    try:
        name_key_holders(
            call=call, members=form.members(), quorum=form.cleaned_data["quorum"], actor=request.user, now=clock.now()
        )
    except Refused as refusal:
        return _page(request, call, form, refused=refusal.reasons, status=409)
    messages.success(request, _("The key holders are named; each was asked to make a key."))
    return redirect("call_draft" if call.state == CallState.DRAFT else "call_committee", call.reference)


@require_POST
def drill(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask every holder to open a dummy envelope."""
    call = load_call(request, reference)
    asked = ask_drill(call=call, actor=request.user, now=clock.now())
    told = ngettext("%(count)s key holder was asked.", "%(count)s key holders were asked.", len(asked))
    messages.success(request, told % {"count": len(asked)})
    return redirect("call_keys", call.reference)


def _page(request: HttpRequest, call: Call, form: KeysForm, *, refused: Any = (), status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "errors": errors_of([refused, form] if form.is_bound else [refused]),
        "holders": keys_shown(call, request.user),
        "drill": drill_shown(call, request.user, now=clock.now()),
        "names": permissions.appoint_committee(call, request.user) and call.state in OPEN,
    }
    return render_page(request, call, "procurement/call_keys.html", context, tab="committee", status=status)

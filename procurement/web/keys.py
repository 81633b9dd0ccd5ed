"""The key holders of a call and the quorum; each holder makes a key in their own account (holder_key.py)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from procurement import permissions
from procurement.actions.ask_drill import ask_drill
from procurement.actions.name_key_holders import name_key_holders
from procurement.actions.replace_key_holder import replace_key_holder
from procurement.enums import CallState
from procurement.models import Call, KeyHolder
from procurement.queries.roster import holders_of
from procurement.web.forms.committee import HolderForm, KeysForm
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


@require_http_methods(["GET", "POST"])
def replacement(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Give a holder's key to another member: one page that asks the reason and says what follows."""
    call = load_call(request, reference)
    holder = holders_of(call).filter(member__label__iexact=label).first()
    if holder is None or call.published_at is None or not permissions.appoint_committee(call, request.user):
        raise Http404
    form = HolderForm(call, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _replacement_page(request, call, holder, form)
    if not form.is_valid():
        return _replacement_page(request, call, holder, form, status=422)
    try:
        replace_key_holder(
            holder=holder, member=form.free[form.cleaned_data["member"]], reason=form.cleaned_data["reason"],
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _replacement_page(request, call, holder, form, refused=refusal.reasons, status=409)
    messages.success(request, _("The new key holder was asked to make a key. It counts once it is confirmed."))
    return redirect("call_keys", call.reference)


def _replacement_page(
    request: HttpRequest, call: Call, holder: KeyHolder, form: HolderForm, *, refused: Any = (), status: int = 200
) -> HttpResponse:
    left = holders_of(call).count() - 1
    context = {
        "form": form,
        "errors": errors_of([refused, form] if form.is_bound else [refused]),
        "holder": holder,
        "left": left,
        "enough": left >= call.quorum,
    }
    return render_page(request, call, "procurement/call_key_replacement.html", context, tab="committee", status=status)


def _page(request: HttpRequest, call: Call, form: KeysForm, *, refused: Any = (), status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "errors": errors_of([refused, form] if form.is_bound else [refused]),
        "holders": keys_shown(call, request.user),
        "drill": drill_shown(call, request.user, now=clock.now()),
        "names": permissions.appoint_committee(call, request.user) and call.state in OPEN,
    }
    return render_page(request, call, "procurement/call_keys.html", context, tab="committee", status=status)

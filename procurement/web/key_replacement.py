"""The replacement of a key holder while the call collects: one person asks with a reason, another decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.second_factor import fresh_second_factor
from procurement import permissions as may
from procurement.actions.replace_key_holder import ask_key_replacement, drop_key_replacement, replace_key_holder
from procurement.models import Call, KeyHolder, KeyReplacement
from procurement.queries.roster import holders_of
from procurement.web.forms.committee import EndForm, HolderForm
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of


def _load(request: HttpRequest, reference: str, label: str) -> tuple[Call, KeyHolder, KeyReplacement | None]:
    """Return a holder and what was asked about them, to those who may ask or decide; to others there is no such page."""
    call = load_call(request, reference)
    holder = holders_of(call).filter(member__label__iexact=label).first()
    if holder is None or call.published_at is None or not may.decide_key_replacement(call, request.user):
        raise Http404
    rows = holder.replacements.filter(decided_at=None).select_related("asked_by", "member__user", "former__call")
    return call, holder, rows.first()


@require_http_methods(["GET", "POST"])
def replacement(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Ask that another member hold the key: one page that asks the reason and says what follows, or what was asked."""
    call, holder, asked = _load(request, reference, label)
    form = HolderForm(call, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, call, holder, asked, form)
    if not form.is_valid():
        return _page(request, call, holder, asked, form, status=422)
    try:
        ask_key_replacement(
            holder=holder, member=form.free[form.cleaned_data["member"]], reason=form.cleaned_data["reason"],
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, call, holder, asked, form, refused=refusal.reasons, status=409)
    messages.success(request, _("The request is recorded. Another person of your organisation decides on it."))
    return redirect("call_key_replacement", call.reference, label)


@require_POST
@fresh_second_factor
def decision(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Agree to the request of another person, or decline it; who asked may take it back."""
    call, holder, asked = _load(request, reference, label)
    if asked is None:
        raise Http404
    agreed, form = request.POST.get("answer") == "yes", EndForm(request.POST)
    act = replace_key_holder if agreed else drop_key_replacement
    try:
        act(replacement=asked, reason=form.data.get("reason", ""), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _page(request, call, holder, asked, HolderForm(call), form, refused=refusal.reasons, status=409)
    told = _("The new key holder was asked to make a key. It counts once it is confirmed.")
    messages.success(request, told if agreed else _("The key holder stays as it was."))
    return redirect("call_keys", call.reference)


def _page(
    request: HttpRequest, call: Call, holder: KeyHolder, asked: KeyReplacement | None, form: HolderForm,
    deciding: EndForm | None = None, *, refused: Any = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    left, user = holders_of(call).count() - 1, request.user
    bound = [one for one in (form, deciding) if one is not None and one.is_bound]
    involved = asked is not None and user.pk in (asked.asked_by_id, asked.member.user_id)
    context = {
        "form": form,
        "deciding": deciding or EndForm(),
        "errors": errors_of([refused, *bound]),
        "holder": holder,
        "left": left,
        "enough": left >= call.quorum,
        "asked": asked,
        "may_ask": asked is None and may.ask_key_replacement(call, user),
        "may_agree": asked is not None and not involved,
        "may_drop": asked is not None and may.drop_key_replacement(call, user, asked),
        "own": asked is not None and asked.asked_by_id == user.pk,
    }
    return render_page(request, call, "procurement/call_key_replacement.html", context, tab="committee", status=status)

"""Declarations of impartiality: the list, one's own declaration, and who has declared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import Role
from procurement import permissions as may
from procurement.actions.declare_impartiality import declare_impartiality
from procurement.enums import FINAL, Seat
from procurement.models import Call
from procurement.models.facts.attendance import impartiality_facts
from procurement.queries.applicants import applications_visible_to
from procurement.queries.impartiality import committee_of, list_digest, list_of_applicants, seat_of
from procurement.rules import impartiality
from procurement.web.acts import reasons_against
from procurement.web.forms.declarations import DeclarationForm
from procurement.web.readings import note_if_auditor
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose list of applicants this person may see."""
    call = load_call(request, reference)
    if not may.see_applicants(call, request.user):
        raise Http404
    return call


@require_GET
def declarations(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the list and the form, or one's declaration; to those who lead and control, who has declared."""
    call = load(request, reference)
    note_if_auditor(request, call, page="declarations")
    return _page(request, call)


def _page(request: HttpRequest, call: Call, *, status: int = 200, form: Any = None) -> HttpResponse:
    seat = seat_of(call, request.user)
    lines = list_of_applicants(call)
    context = {
        "lines": lines,
        "digest_of_list": list_digest(lines),
        "seat": seat,
        "declared": getattr(seat, "declaration", None),
        "form": form or _form(call, request),
        "against": reasons_against(
            (impartiality.LIST_KNOWN, impartiality.NOT_OVER, impartiality.ACCEPTED), _facts(seat)
        ),
        "over": call.state in FINAL,
        "members": list(committee_of(call)) if _may_follow(call, request.user) else [],
        "left": list(call.members.exclude(conflict="").select_related("user"))
        if _may_follow(call, request.user)
        else [],
    }
    return render_page(request, call, "procurement/declarations.html", context, tab="opening", status=status)


def _facts(seat: Any) -> Any:
    if seat is None:
        return impartiality.ImpartialityFacts(list_known=True, over=False, accepted=True, declared=True)
    return impartiality_facts(seat)


def _may_follow(call: Call, user: Any) -> bool:
    return may.has_seat(call, user, Seat.CHAIR, Seat.SECRETARY) or may.has_role(call, user, Role.OFFICER, Role.AUDITOR)


def _form(call: Call, request: HttpRequest, sent: Any = None) -> DeclarationForm:
    return DeclarationForm(sent, applications=list(applications_visible_to(request.user, call=call)))


@require_POST
def declaration(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign one's own declaration; a conflict ends the seat at once."""
    call = load(request, reference)
    form = _form(call, request, request.POST)
    if not form.is_valid():
        return _page(request, call, status=400, form=form)
    try:
        declare_impartiality(
            call=call, actor=request.user, now=clock.now(), conflict=form.conflict, with_applications=form.chosen,
            statement=form.cleaned_data["statement"],
        )  # fmt: skip
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason.sentence)
        return _page(request, call, status=409, form=form)
    if form.conflict:
        messages.success(request, _("Your declaration is recorded and your seat has ended. Thank you for saying so."))
        return redirect("/")
    messages.success(request, _("Your declaration is recorded."))
    return redirect("call_declarations", reference)

"""The committee of a call: appoint, invite, replace, accept, decline; the key holders and the quorum."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from procurement import permissions
from procurement.actions.accept_seat import accept_seat
from procurement.actions.appoint_member import appoint_member
from procurement.actions.end_seat import end_seat, replace_member
from procurement.actions.invite_to_seat import withdraw_seat_invitation
from procurement.actions.remind_member import remind_member
from procurement.enums import FINAL, CallState, Seat
from procurement.models import Call, CommitteeMember
from procurement.web.forms.committee import AppointForm, EndForm, ReplaceForm
from procurement.web.workspace import load_call, render_page
from workflow import clock
from workflow.refusals import Refused
from workflow.templatetags.fields import errors_of


@require_GET
def committee(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the seats, who accepted, and what may be done about them."""
    return _page(request, load_call(request, reference))


@require_POST
def seats(request: HttpRequest, reference: str) -> HttpResponse:
    """Appoint somebody, or invite an address that has no account."""
    call = load_call(request, reference)
    form = AppointForm(request.POST)
    if not form.is_valid():
        return _page(request, call, appoint=form, status=422)
    try:
        given = appoint_member(call=call, actor=request.user, now=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        return _page(request, call, appoint=form, refused=refusal.reasons, status=409)
    messages.success(request, _told(given))
    return redirect("call_committee", call.reference)


@require_POST
def acceptance(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Accept one's own seat; who was on the way to their key goes on with it."""
    call = load_call(request, reference)
    accept_seat(member=_member(call, label), actor=request.user, now=clock.now())
    messages.success(request, _("You have accepted your appointment."))
    return redirect("call_key" if request.POST.get("then") == "key" else "call_committee", call.reference)


@require_POST
def reminder(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Ask a member again to accept or to confirm a key."""
    call = load_call(request, reference)
    remind_member(member=_member(call, label), actor=request.user, now=clock.now())
    messages.success(request, _("A reminder was sent."))
    return redirect("call_committee", call.reference)


def seat(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """End a seat, or give it to another person: one page that asks the reason and says what follows."""
    call = load_call(request, reference)
    member = _member(call, label)
    own = member.user_id == request.user.pk
    if not own and not permissions.appoint_committee(call, request.user):
        raise Http404
    kind = ReplaceForm if "replace" in request.GET and not own else EndForm
    form = kind(request.POST or None)
    if request.method != "POST":
        return _seat_page(request, call, member, form)
    if not form.is_valid():
        return _seat_page(request, call, member, form, status=422)
    try:
        _leave(request, member, form)
    except Refused as refusal:
        return _seat_page(request, call, member, form, refused=refusal.reasons, status=409)
    messages.success(request, _("The seat has ended."))
    return redirect("desk") if own else redirect("call_committee", call.reference)


@require_POST
def invitation(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Withdraw an invitation that nobody took up."""
    call = load_call(request, reference)
    found = call.seat_invitations.filter(label=label, taken_at=None, withdrawn_at=None).first()
    if found is None:
        raise Http404
    withdraw_seat_invitation(invitation=found, actor=request.user, now=clock.now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("call_committee", call.reference)


def _leave(request: HttpRequest, member: CommitteeMember, form: Any) -> None:
    given, now = form.cleaned_data, clock.now()
    if isinstance(form, ReplaceForm):
        replace_member(
            member=member, email=given["email"], organisation_name=given["organisation_name"], reason=given["reason"],
            actor=request.user, now=now,
        )  # fmt: skip
    else:
        end_seat(member=member, reason=given["reason"], actor=request.user, now=now)


def _told(given: Any) -> str:
    if isinstance(given, CommitteeMember):
        return _("%(person)s was appointed and asked to accept.") % {"person": given.user}
    return _("%(address)s has no account yet: an invitation was sent.") % {"address": given.email}


def _member(call: Call, label: str) -> CommitteeMember:
    member = call.members.filter(label=label, ended_at=None).select_related("user").first()
    if member is None:
        raise Http404
    return member


def _page(
    request: HttpRequest, call: Call, *, appoint: AppointForm | None = None, refused: Any = (), status: int = 200
) -> HttpResponse:
    order = list(Seat)
    members = sorted(
        call.members.select_related("user", "key"),
        key=lambda m: (order.index(Seat(m.seat)), len(m.label), m.label, m.pk),
    )
    context = {
        "members": [member for member in members if member.ended_at is None],
        "former": [member for member in members if member.ended_at],
        "invitations": call.seat_invitations.filter(taken_at=None, withdrawn_at=None),
        "appoints": permissions.appoint_committee(call, request.user) and call.state not in FINAL,
        "drafting": call.state == CallState.DRAFT,
        "appoint": appoint or AppointForm(),
        "errors": errors_of([refused, appoint] if appoint else [refused]),
    }
    return render_page(request, call, "procurement/call_committee.html", context, tab="committee", status=status)


def _seat_page(
    request: HttpRequest, call: Call, member: CommitteeMember, form: Any, *, refused: Any = (), status: int = 200
) -> HttpResponse:
    context = {
        "member": member,
        "own": member.user_id == request.user.pk,
        "replacing": isinstance(form, ReplaceForm),
        "form": form,
        "errors": errors_of([refused, form] if form.is_bound else [refused]),
    }
    return render_page(request, call, "procurement/call_seat.html", context, tab="committee", status=status)

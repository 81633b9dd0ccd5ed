"""An invitation to a committee, opened from its mail by somebody who may have no account yet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from procurement.actions.accept_seat import take_up_invitation
from procurement.models import SeatInvitation
from procurement.rules import committee
from procurement.seat_links import invitation_named
from procurement.web.acts import reasons_against
from workflow import clock


@login_not_required
@require_http_methods(["GET", "POST"])
def seat_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered; the account of that address takes it up at the press of a button."""
    found = invitation_named(token)
    if found is None or not found.open:
        raise Http404
    if request.method == "POST" and request.user.is_authenticated:
        take_up_invitation(invitation=found, actor=request.user, now=clock.now())
        return redirect("call_committee", found.call.reference)
    context = {"invitation": found, "call": found.call, "objections": _against(request, found)}
    return render(request, "procurement/call_invitation.html", context)


def _against(request: HttpRequest, found: SeatInvitation) -> list[object]:
    if not request.user.is_authenticated:
        return []
    same = found.email.lower() == request.user.email.lower()
    facts = committee.InvitationFacts(open=found.open, same_address=same, address=found.email)
    return list(reasons_against(committee.TAKE_UP, facts))

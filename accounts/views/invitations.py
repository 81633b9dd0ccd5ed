"""The page an invitation's link opens: to the account of that address, or to someone who has none yet."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import rules
from accounts.actions.accept_invitation import accept_invitation, acceptance
from accounts.invitations import invitation_named
from accounts.models import Invitation
from workflow import clock
from workflow.guards import objections_to
from workflow.refusals import Reason


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the role that is offered and take the acceptance."""
    invitation = invitation_named(token)
    if invitation is None:
        raise Http404
    if not request.user.is_authenticated:
        return _for_visitor(request, invitation)
    if request.method == "POST":
        accept_invitation(invitation=invitation, actor=request.user, now=clock.now())
        messages.success(request, gettext("You are now a member of %(name)s.") % {"name": invitation.organisation})
        return redirect("organisation", reference=invitation.organisation.reference)
    against = objections_to(rules.ACCEPTANCE, acceptance(invitation, actor=request.user, now=clock.now()))
    context = {"invitation": invitation, "objections": [Reason(objection) for objection in against]}
    return render(request, "accounts/invitation.html", context)


def _for_visitor(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Lead to login or registration and back here; the link proves the address, no second mail is needed."""
    still_open = invitation.accepted_at is None and invitation.withdrawn_at is None
    if still_open and invitation.expires_at > clock.now():
        get_adapter(request).stash_verified_email(request, invitation.email)
    return render(request, "accounts/invitation_entrance.html", {"invitation": invitation, "next": request.path})

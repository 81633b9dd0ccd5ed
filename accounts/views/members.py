"""Members of an organisation: who holds which role, invitations, endings."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import permissions, queries, rules
from accounts.actions.end_membership import end_membership
from accounts.actions.end_membership import ending as facts_of_ending
from accounts.actions.invite_member import invite_member
from accounts.actions.withdraw_invitation import withdraw_invitation
from accounts.models import Membership
from accounts.organisation_forms import InvitationForm
from accounts.views.organisations import organisation_for
from workflow import clock
from workflow.guards import objections_to
from workflow.refusals import NotPermitted, Reason, Refused


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """List members and invitations; those who appoint may invite."""
    organisation = organisation_for(request, reference)
    form = InvitationForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(organisation=organisation, **form.cleaned_data, actor=request.user, now=clock.now())
        except NotPermitted as closed:
            raise PermissionDenied from closed
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("email", str(reason))
        else:
            messages.success(request, gettext("An invitation was sent to %(email)s.") % form.cleaned_data)
            return redirect("organisation_members", reference=reference)
    context = {
        "organisation": organisation,
        "form": form,
        "now": clock.now(),
        "members": queries.members_of(request.user, organisation=organisation),
        "former": queries.former_members_of(request.user, organisation=organisation),
        "invitations": queries.open_invitations_of(request.user, organisation=organisation),
        "may_appoint": permissions.may_appoint(organisation, request.user),
    }
    return render(request, "accounts/members.html", context)


@require_http_methods(["GET", "POST"])
def ending(request: HttpRequest, reference: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    """Say what ending this role means, with the reasons that stand against it; then end it."""
    organisation = organisation_for(request, reference)
    row = get_object_or_404(
        Membership.objects.select_related("user"), organisation=organisation, reference=membership, ended_at=None
    )
    own = row.user_id == request.user.pk
    if not own and not permissions.may_appoint(organisation, request.user):
        raise PermissionDenied
    if request.method == "POST":
        end_membership(membership=row, actor=request.user, now=clock.now())
        messages.success(request, gettext("The role of %(name)s has ended.") % {"name": row.user})
        return redirect("organisations") if own else redirect("organisation_members", reference=reference)
    against = objections_to(rules.ENDING, facts_of_ending(row, organisation=organisation))
    context = {"organisation": organisation, "membership": row, "own": own, "objections": [Reason(o) for o in against]}
    return render(request, "accounts/member_end.html", context)


@require_POST
def withdrawal(request: HttpRequest, reference: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """Withdraw an invitation."""
    organisation = organisation_for(request, reference)
    row = get_object_or_404(queries.open_invitations_of(request.user, organisation=organisation), pk=invitation)
    if not permissions.may_appoint(organisation, request.user):
        raise PermissionDenied
    withdraw_invitation(invitation=row, actor=request.user, now=clock.now())
    messages.success(request, gettext("The invitation to %(email)s was withdrawn.") % {"email": row.email})
    return redirect("organisation_members", reference=reference)

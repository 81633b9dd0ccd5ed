"""Organisations one belongs to: the list, the page, what stands on the letterhead."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions, queries
from accounts.actions.change_organisation import change_organisation
from accounts.models import Organisation
from accounts.organisation_forms import FirmForm, OrganisationForm
from workflow import clock


def organisation_for(request: HttpRequest, reference: uuid.UUID) -> Organisation:
    """Return an organisation of this person; to everyone else it does not exist."""
    return get_object_or_404(queries.organisations_of(request.user), reference=reference)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the roles one holds, by organisation."""
    return render(request, "accounts/organisations.html", {"memberships": queries.memberships_of(request.user)})


@require_safe
def page(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Show what the organisation prints on its papers and who belongs to it."""
    organisation = organisation_for(request, reference)
    context = {
        "organisation": organisation,
        "members": queries.members_of(request.user, organisation=organisation),
        "may_edit": permissions.may_edit_organisation(organisation, request.user),
        "may_appoint": permissions.may_appoint(organisation, request.user),
        "has_letterhead": permissions.may_hold_letterhead(organisation),
    }
    return render(request, "accounts/organisation.html", context)


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Change what stands on the papers; refused to members who do not answer for them."""
    organisation = organisation_for(request, reference)
    if not permissions.may_edit_organisation(organisation, request.user):
        raise PermissionDenied
    form_class = OrganisationForm if permissions.may_hold_letterhead(organisation) else FirmForm
    form = form_class(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        values = form.values() if isinstance(form, OrganisationForm) else form.cleaned_data
        change_organisation(organisation=organisation, values=values, actor=request.user, now=clock.now())
        messages.success(request, gettext("Saved. Papers already made keep the old details."))
        return redirect("organisation", reference=reference)
    return render(request, "accounts/organisation_details.html", {"organisation": organisation, "form": form})

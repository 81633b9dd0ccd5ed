"""Who belongs where: named questions, the person who asks first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import STAFF_ROLES, OrganisationKind, Role
from accounts.models import Invitation, Membership, Organisation, User
from workflow.kept import kept
from workflow.once import once


def memberships_of(user: Any) -> QuerySet[Membership]:
    """Return the roles a person holds now, with their organisations; none for an anonymous visitor."""
    if not getattr(user, "is_authenticated", False):
        return Membership.objects.none()
    running = Membership.objects.filter(user=user, ended_at__isnull=True)
    return running.select_related("organisation").order_by("organisation__name", "role")


def held_by(user: Any) -> frozenset[tuple[int, str]]:
    """Return each role a person holds now, with the key of the organisation; asked once for a page."""
    if not getattr(user, "is_authenticated", False):
        return frozenset()
    return once(("roles", user.pk), lambda: frozenset(_running(person=user.pk)))


@kept
def _running(person: int) -> QuerySet[Any, tuple[int, str]]:
    return Membership.objects.filter(user_id=person, ended_at=None).values_list("organisation_id", "role")


def roles_of(user: Any) -> frozenset[str]:
    """Return the names of the roles a person holds anywhere."""
    return frozenset(role for _organisation, role in held_by(user))


def has_role(user: Any, organisation: Organisation, role: str) -> bool:
    """Tell whether a person holds this role in this organisation now."""
    return (organisation.pk, role) in held_by(user)


def holds_staff_role(user: Any) -> bool:
    """Tell whether a person is officer, approver, authority or auditor anywhere."""
    return not roles_of(user).isdisjoint(STAFF_ROLES)


def organisations_of(user: Any) -> QuerySet[Organisation]:
    """Return the organisations a person belongs to, whatever the role."""
    theirs = memberships_of(user).filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(theirs)).order_by("name")


def organisations_where(user: Any, role: str) -> QuerySet[Organisation]:
    """Return the organisations in which a person holds this role."""
    theirs = memberships_of(user).filter(organisation=OuterRef("pk"), role=role)
    return Organisation.objects.filter(Exists(theirs)).order_by("name")


def firms_of(user: Any) -> QuerySet[Organisation]:
    """Return the firms a person may apply for."""
    return organisations_where(user, Role.REPRESENTATIVE).filter(kind=OrganisationKind.FIRM)


def members_of(viewer: Any, *, organisation: Organisation) -> QuerySet[Membership]:
    """Return the roles held now in an organisation, to its own members; nothing to anyone else."""
    return _rows_for_members(viewer, organisation).filter(ended_at__isnull=True).order_by("user__full_name", "role")


def former_members_of(viewer: Any, *, organisation: Organisation) -> QuerySet[Membership]:
    """Return the roles that have ended in an organisation, newest first, to its own members."""
    return _rows_for_members(viewer, organisation).filter(ended_at__isnull=False).order_by("-ended_at")


def _rows_for_members(viewer: Any, organisation: Organisation) -> QuerySet[Membership]:
    rows = Membership.objects.filter(_asked_by_a_member(viewer, organisation), organisation=organisation)
    return rows.select_related("user", "ended_by")


def _asked_by_a_member(viewer: Any, organisation: Organisation) -> Exists:
    return Exists(memberships_of(viewer).filter(organisation=organisation))


def open_invitations_of(viewer: Any, *, organisation: Organisation) -> QuerySet[Invitation]:
    """Return the invitations not yet used or withdrawn, to the members of the organisation."""
    rows = Invitation.objects.filter(_asked_by_a_member(viewer, organisation), organisation=organisation)
    waiting = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.select_related("created_by").order_by("created_at")


def holders_of(*, organisation: Organisation, role: str) -> QuerySet[User]:
    """Return the active people who hold a role in an organisation; for the service itself, to address mail."""
    rows = Membership.objects.filter(organisation=organisation, role=role, ended_at__isnull=True, user=OuterRef("pk"))
    return User.objects.filter(Exists(rows), is_active=True).order_by("full_name")


def invitation_under_way(*, organisation: Organisation, email: str, role: str, now: datetime) -> Invitation | None:
    """Return the invitation to this address for this role that can still be accepted, if there is one."""
    rows = Invitation.objects.filter(organisation=organisation, email__iexact=email, role=role)
    return rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now).first()

"""Inviting somebody to a role: the link, the address, the time, and who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import invitations
from accounts.actions.accept_invitation import accept_invitation
from accounts.actions.invite_member import invite_member
from accounts.actions.withdraw_invitation import withdraw_invitation
from accounts.enums import Role
from accounts.models import Invitation, Membership, Organisation, User
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused

PASSWORD = "a sentence of several words"
GUEST = "guest@people.example"


@pytest.fixture
def authority(person: Callable[..., User], city: Organisation) -> User:
    user = person("Aude Authority")
    Membership.objects.create(user=user, organisation=city, role=Role.AUTHORITY)
    return user


def invite(city: Organisation, actor: User, **change: Any) -> Invitation:
    return invite_member(
        **{"organisation": city, "email": GUEST, "role": Role.OFFICER, "actor": actor, "now": clock.now()} | change
    )


def link_to(post: Any, address: str) -> str:
    found = re.search(r"/invitations/\S+", post.to(address)[0].text)
    assert found
    return found[0]


def test_the_authority_invites_and_a_newcomer_registers_and_accepts(
    authority: User, city: Organisation, browser_of: Callable[[User], Client], post: Any, client: Client
) -> None:
    page = f"/organisations/{city.reference}/members/"
    answer = browser_of(authority).post(page, {"email": "Guest@People.example", "role": "officer"})
    assert answer.url == page
    link = link_to(post, GUEST)
    assert "City of Tests" in client.get(link).content.decode()
    registered = client.post(
        "/accounts/signup/",
        {
            "full_name": "Gus Guest",
            "email": GUEST,
            "password1": PASSWORD,
            "password2": PASSWORD,
            "applies_as": "nobody",
            "language": "en",
            "next": link,
        },
    )
    assert registered.url == link  # the link proved the address: no second message
    assert not Membership.objects.filter(user__email=GUEST).exists()
    assert client.post(link).url == f"/organisations/{city.reference}/"
    membership = Membership.objects.get(user__email=GUEST)
    assert (membership.role, membership.organisation) == ("officer", city)
    assert AuditEvent.objects.filter(act="give_role", subject_id=str(membership.pk)).exists()


def test_looking_at_the_link_accepts_nothing(
    authority: User, city: Organisation, rosa: User, browser_of: Callable[[User], Client]
) -> None:
    link = f"/invitations/{invitations.token_of(invite(city, authority, email=rosa.email))}/"
    assert "Accept this role" in browser_of(rosa).get(link).content.decode()
    assert not Membership.objects.filter(user=rosa).exists()


def test_another_account_cannot_accept(
    authority: User, city: Organisation, rosa: User, browser_of: Callable[[User], Client]
) -> None:
    invitation = invite(city, authority)
    with pytest.raises(Refused) as refusal:
        accept_invitation(invitation=invitation, actor=rosa, now=clock.now())
    assert refusal.value.codes == ["INVITATION_ADDRESS"]
    page = browser_of(rosa).get(f"/invitations/{invitations.token_of(invitation)}/").content.decode()
    assert "This invitation was sent to guest@people.example." in page
    assert 'aria-disabled="true"' in page


def test_a_link_works_once_in_time_and_until_withdrawn(authority: User, city: Organisation, rosa: User) -> None:
    invitation = invite(city, authority, email=rosa.email)
    late = invitation.expires_at
    assert late - invitation.created_at == timedelta(days=14)
    with pytest.raises(Refused) as refusal:
        accept_invitation(invitation=invitation, actor=rosa, now=late)
    assert refusal.value.codes == ["INVITATION_IN_TIME"]
    accept_invitation(invitation=invitation, actor=rosa, now=late - timedelta(seconds=1))
    with pytest.raises(Refused) as refusal:
        accept_invitation(invitation=invitation, actor=rosa, now=clock.now())
    assert refusal.value.codes == ["INVITATION_OPEN"]
    other = withdraw_invitation(
        invitation=invite(city, authority, email=rosa.email, role=Role.AUDITOR), actor=authority, now=clock.now()
    )
    with pytest.raises(Refused) as refusal:
        accept_invitation(invitation=other, actor=rosa, now=clock.now())
    assert refusal.value.codes == ["INVITATION_OPEN"]


def test_one_invitation_at_a_time_and_none_to_a_role_already_held(
    authority: User, city: Organisation, rosa: User
) -> None:
    first = invite(city, authority)
    with pytest.raises(Refused) as refusal:
        invite(city, authority, email=GUEST.upper())
    assert refusal.value.codes == ["NOT_INVITED_YET"]
    assert invite(city, authority, now=first.expires_at).pk != first.pk
    Membership.objects.create(user=rosa, organisation=city, role=Role.OFFICER)
    with pytest.raises(Refused) as refusal:
        invite(city, authority, email=rosa.email)
    assert refusal.value.codes == ["ROLE_NOT_HELD"]


def test_a_public_body_has_no_representatives(authority: User, city: Organisation) -> None:
    with pytest.raises(Refused) as refusal:
        invite(city, authority, role=Role.REPRESENTATIVE)
    assert refusal.value.codes == ["ROLE_HERE"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.AUDITOR])
def test_only_the_authority_invites(
    city: Organisation, rosa: User, browser_of: Callable[[User], Client], role: Role, settings: Any
) -> None:
    Membership.objects.create(user=rosa, organisation=city, role=role)
    with pytest.raises(NotPermitted):
        invite(city, rosa)
    assert AuditEvent.objects.filter(act="invite_member", outcome="refused", actor_id=rosa.pk).count() == 1
    page = f"/organisations/{city.reference}/members/"
    browser = browser_of(rosa)
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"email": GUEST, "role": "officer"}).status_code == 403
    assert not Invitation.objects.exists()


def test_a_forged_link_does_not_exist(client: Client, authority: User, city: Organisation) -> None:
    token = invitations.token_of(invite(city, authority))
    assert client.get(f"/invitations/{token}/").status_code == 200
    assert client.get(f"/invitations/{token[:-1]}/").status_code == 404
    assert client.get("/invitations/nonsense/").status_code == 404


def test_a_withdrawal_is_the_authoritys(
    authority: User, city: Organisation, rosa: User, browser_of: Callable[[User], Client]
) -> None:
    invitation = invite(city, authority)
    address = f"/organisations/{city.reference}/invitations/{invitation.pk}/withdrawal/"
    assert browser_of(rosa).post(address).status_code == 404
    Membership.objects.create(user=rosa, organisation=city, role=Role.OFFICER)
    assert browser_of(rosa).post(address).status_code == 403
    assert browser_of(authority).post(address).status_code == 302
    invitation.refresh_from_db()
    assert invitation.withdrawn_by == authority

"""Firms: registered by anyone, represented by those who did, joined by invitation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import invitations
from accounts.actions.accept_invitation import accept_invitation
from accounts.actions.create_organisation import create_organisation
from accounts.models import Invitation, Membership, Organisation, User
from accounts.queries import firms_of
from workflow import clock

FIRM = {
    "name": "Studies Ltd",
    "registration_number": "RCS 1",
    "address": "1 Road",
    "city": "Lyon",
    "country": "France",
    "email": "",
    "website": "",
}


def test_whoever_registers_a_firm_represents_it(browser_of: Callable[[User], Client], rosa: User) -> None:
    answer = browser_of(rosa).post("/firms/new/", FIRM)
    firm = Organisation.objects.get()
    assert answer.url == f"/organisations/{firm.reference}/"
    assert (firm.kind, firm.name) == ("firm", "Studies Ltd")
    assert list(firms_of(rosa)) == [firm]
    assert Membership.objects.get().role == "representative"


def test_a_firm_without_number_or_address_is_not_registered(browser_of: Callable[[User], Client], rosa: User) -> None:
    page = browser_of(rosa).post("/firms/new/", {**FIRM, "registration_number": " ", "address": ""})
    assert set(page.context["form"].errors) == {"registration_number", "address"}
    assert not Organisation.objects.exists()


def test_a_representative_invites_a_colleague_as_representative_only(
    browser_of: Callable[[User], Client], rosa: User, person: Callable[..., User], post: Any
) -> None:
    browser, colleague = browser_of(rosa), person("Carl Colleague")
    browser.post("/firms/new/", FIRM)
    firm = Organisation.objects.get()
    page = f"/organisations/{firm.reference}/members/"
    assert browser.post(page, {"email": colleague.email, "role": "authority"}).status_code == 200
    assert not Invitation.objects.exists()
    assert browser.post(page, {"email": colleague.email, "role": "representative"}).status_code == 302
    invitation = invitations.invitation_named(invitations.token_of(Invitation.objects.get()))
    assert invitation
    accept_invitation(invitation=invitation, actor=colleague, now=clock.now())
    assert list(firms_of(colleague)) == [firm]


def test_a_firm_has_no_letterhead(browser_of: Callable[[User], Client], rosa: User) -> None:
    browser = browser_of(rosa)
    browser.post("/firms/new/", FIRM)
    firm = Organisation.objects.get()
    form = browser.get(f"/organisations/{firm.reference}/details/").context["form"]
    assert "registration_number" in form.fields
    assert not {"timezone", "remedies_fr"} & set(form.fields)


def test_the_first_authority_of_a_public_body_has_the_role_or_an_invitation(rosa: User, post: Any) -> None:
    at_once = create_organisation(name="A", authority=rosa.email.upper(), actor=None, now=clock.now())
    assert Membership.objects.get(organisation=at_once).user == rosa
    create_organisation(name="B", authority="new@people.example", actor=None, now=clock.now())
    assert post.to("new@people.example")[0].subject.endswith("B")


def test_the_command_creates_and_says_what_it_did(rosa: User, capsys: Any) -> None:
    call_command("create_organisation", "--name", "City", "--authority", rosa.email)
    assert f"City exists; {rosa.email} is its authority now." in capsys.readouterr().out
    with pytest.raises(CommandError, match="“nobody” is not an e-mail address"):
        call_command("create_organisation", "--name", "Town", "--authority", "nobody")
    assert Organisation.objects.count() == 1

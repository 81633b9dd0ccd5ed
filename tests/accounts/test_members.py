"""Roles that end, pages that only members see, lists whose cost does not grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.actions.end_membership import end_membership
from accounts.actions.give_role import give_role
from accounts.actions.invite_member import invite_member
from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from accounts.queries import (
    firms_of,
    former_members_of,
    has_role,
    members_of,
    memberships_of,
    open_invitations_of,
    organisations_where,
    roles_of,
)
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused


@pytest.fixture
def authority(person: Callable[..., User], city: Organisation) -> Membership:
    return Membership.objects.create(user=person("Aude Authority"), organisation=city, role=Role.AUTHORITY)


@pytest.fixture
def officer(rosa: User, city: Organisation) -> Membership:
    return Membership.objects.create(user=rosa, organisation=city, role=Role.OFFICER)


def test_an_ended_role_gives_nothing_and_stays_on_record(
    authority: Membership, officer: Membership, city: Organisation
) -> None:
    assert has_role(officer.user, city, Role.OFFICER)
    ended = end_membership(membership=officer, actor=authority.user, now=clock.now())
    assert not has_role(officer.user, city, Role.OFFICER)
    assert list(memberships_of(officer.user)) == []
    assert list(organisations_where(officer.user, Role.OFFICER)) == []
    assert (ended.ended_by, Membership.objects.count()) == (authority.user, 2)
    assert AuditEvent.objects.get(act="end_membership").details == {"user": officer.user_id}


def test_a_role_can_be_given_again_after_it_ended(
    authority: Membership, officer: Membership, city: Organisation
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=officer.user, organisation=city, role=Role.OFFICER)
    end_membership(membership=officer, actor=authority.user, now=clock.now())
    give_role(organisation=city, user=officer.user, role=Role.OFFICER, actor=authority.user, now=clock.now())
    assert has_role(officer.user, city, Role.OFFICER)
    assert Membership.objects.filter(user=officer.user).count() == 2


def test_somebody_must_be_left_who_appoints(authority: Membership, officer: Membership, city: Organisation) -> None:
    with pytest.raises(Refused) as refusal:
        end_membership(membership=authority, actor=authority.user, now=clock.now())
    assert refusal.value.codes == ["SOMEBODY_APPOINTS"]
    give_role(organisation=city, user=officer.user, role=Role.AUTHORITY, actor=authority.user, now=clock.now())
    end_membership(membership=authority, actor=authority.user, now=clock.now())
    assert not has_role(authority.user, city, Role.AUTHORITY)


def test_everyone_may_lay_down_their_own_role_and_no_other(authority: Membership, officer: Membership) -> None:
    with pytest.raises(NotPermitted):
        end_membership(membership=authority, actor=officer.user, now=clock.now())
    end_membership(membership=officer, actor=officer.user, now=clock.now())
    with pytest.raises(Refused) as refusal:
        end_membership(membership=officer, actor=officer.user, now=clock.now())
    assert refusal.value.codes == ["MEMBERSHIP_RUNNING"]


def test_the_page_before_the_end_says_why_not(
    authority: Membership, city: Organisation, browser_of: Callable[[User], Client]
) -> None:
    browser = browser_of(authority.user)
    address = f"/organisations/{city.reference}/members/{authority.reference}/end/"
    page = browser.get(address).content.decode()
    assert "Nobody could appoint anyone any more" in page
    assert 'aria-disabled="true"' in page
    assert browser.post(address).status_code == 409


def test_to_others_an_organisation_does_not_exist(
    authority: Membership, city: Organisation, rosa: User, browser_of: Callable[[User], Client]
) -> None:
    pages = ["", "details/", "members/", f"members/{authority.reference}/end/"]
    insider, outsider = browser_of(authority.user), browser_of(rosa)
    for page in pages:
        assert insider.get(f"/organisations/{city.reference}/{page}").status_code == 200
        assert outsider.get(f"/organisations/{city.reference}/{page}").status_code == 404


def test_a_member_of_one_organisation_reaches_no_row_of_another(
    authority: Membership, officer: Membership, city: Organisation, browser_of: Callable[[User], Client]
) -> None:
    other = Organisation.objects.create(kind="public_body", name="Other")
    Membership.objects.create(user=officer.user, organisation=other, role=Role.AUTHORITY)
    browser = browser_of(officer.user)
    assert browser.get(f"/organisations/{city.reference}/members/{officer.reference}/end/").status_code == 200
    assert browser.get(f"/organisations/{other.reference}/members/{authority.reference}/end/").status_code == 404


def test_those_without_the_right_may_look_and_not_write(
    authority: Membership, city: Organisation, rosa: User, browser_of: Callable[[User], Client]
) -> None:
    Membership.objects.create(user=rosa, organisation=city, role=Role.AUDITOR)
    browser = browser_of(rosa)
    assert browser.get(f"/organisations/{city.reference}/").status_code == 200
    assert browser.get(f"/organisations/{city.reference}/details/").status_code == 403
    assert browser.get(f"/organisations/{city.reference}/members/{authority.reference}/end/").status_code == 403


def test_an_officer_keeps_the_letterhead_and_the_remedies(
    officer: Membership, city: Organisation, browser_of: Callable[[User], Client]
) -> None:
    values = {
        "name": "City of Tests",
        "short_name": "City",
        "address": "1 Square",
        "timezone": "Europe/Madrid",
        "languages": ["fr", "en"],
        "remedies_fr": "Recours.",
        "remedies_en": " ",
    }
    answer = browser_of(officer.user).post(f"/organisations/{city.reference}/details/", values)
    assert answer.url == f"/organisations/{city.reference}/"
    city.refresh_from_db()
    assert (city.short_name, city.languages, city.remedies) == ("City", ["fr", "en"], {"fr": "Recours."})
    event = AuditEvent.objects.get(act="change_organisation")
    assert event.details == {"columns": ["short_name", "address", "languages", "remedies"]}


def test_lists_of_an_organisation_are_empty_for_others(
    authority: Membership, officer: Membership, city: Organisation, person: Callable[..., User]
) -> None:
    invite_member(organisation=city, email="x@people.example", role=Role.AUDITOR, actor=authority.user, now=clock.now())
    end_membership(membership=officer, actor=authority.user, now=clock.now())
    lists, other = (members_of, former_members_of, open_invitations_of), person("Other Person")
    assert [len(rows(authority.user, organisation=city)) for rows in lists] == [1, 1, 1]
    assert [len(rows(other, organisation=city)) for rows in lists] == [0, 0, 0]
    assert [len(rows(officer.user, organisation=city)) for rows in lists] == [0, 0, 0]


def test_roles_are_told_by_person_and_not_to_the_anonymous(officer: Membership, city: Organisation) -> None:
    assert roles_of(officer.user) == {"officer"}
    assert roles_of(AnonymousUser()) == frozenset()
    assert not has_role(AnonymousUser(), city, Role.OFFICER)
    assert list(firms_of(officer.user)) == []


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_of_members_costs_the_same_for_few_and_many(
    authority: Membership,
    city: Organisation,
    browser_of: Callable[[User], Client],
    person: Callable[..., User],
    django_assert_num_queries: Any,
    others: int,
) -> None:
    for number in range(others):
        Membership.objects.create(user=person(f"Member {'ABC'[number]}"), organisation=city, role=Role.OFFICER)
        Membership.objects.create(
            user=person(f"Former {'ABC'[number]}"),
            organisation=city,
            role=Role.OFFICER,
            ended_at=clock.now(),
            ended_by=authority.user,
        )
    browser = browser_of(authority.user)
    browser.get("/organisations/")
    with django_assert_num_queries(9):
        page = browser.get(f"/organisations/{city.reference}/members/")
    assert len(page.context["members"]) == others + 1
    with django_assert_num_queries(5):
        assert len(browser.get("/organisations/").context["memberships"]) == 1

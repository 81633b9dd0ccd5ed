"""A call in draft, its officer and its approver: the smallest subject that moves."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from procurement.models import Call


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create_user("officer@city.example", full_name="Olga Officer")


@pytest.fixture
def approver(db: None) -> User:
    return User.objects.create_user("approver@city.example", full_name="Abel Approver")


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("stranger@elsewhere.example", full_name="Stella Stranger")


@pytest.fixture
def call(officer: User, approver: User) -> Any:
    city = Organisation.objects.create(kind="public_body", name="City")
    Membership.objects.create(user=officer, organisation=city, role=Role.OFFICER)
    Membership.objects.create(user=approver, organisation=city, role=Role.APPROVER)
    return Call.objects.create(reference="CITY-1", organisation=city, created_by=officer, rules={"preset": "prag"})

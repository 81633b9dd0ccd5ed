"""The people and organisations of the demonstration, as accounts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import Membership, Organisation, User

HERE = Path(__file__).parent
PASSWORD = "Grenoble-2020-appel"  # noqa: S105 - printed on purpose: demonstration accounts only


@cache
def sheet(name: str) -> dict[str, Any]:
    """Return one of the data files."""
    return dict(yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")))


def address_of(key: str) -> str:
    """Return the address of a person of the cast: officer@appel.example."""
    return f"{key.lower()}@appel.example"


@dataclass(frozen=True)
class Cast:
    """Who plays: people by their key, organisations by theirs."""

    people: dict[str, User]
    organisations: dict[str, Organisation]

    def __getitem__(self, key: str) -> User:
        return self.people[key]


def gather() -> Cast:
    """Create the accounts that are missing and return everybody."""
    data = sheet("people")
    organisations = {row["key"]: _organisation(row) for row in data["organisations"]}
    people = {row["key"]: _person(row, organisations) for row in data["people"]}
    return Cast(people=people, organisations=organisations)


def _organisation(row: dict[str, Any]) -> Organisation:
    fields = {name: value for name, value in row.items() if name not in ("key", "name")}
    found, _created = Organisation.objects.get_or_create(name=row["name"], defaults=fields)
    return found


@cache
def _hashed() -> str:
    """Hash the password that all accounts share, once: the hash is slow on purpose."""
    return make_password(PASSWORD)


def _person(row: dict[str, Any], organisations: dict[str, Organisation]) -> User:
    user = User.objects.filter(email=address_of(row["key"])).first()
    if user is None:
        user = User.objects.create(
            email=address_of(row["key"]),
            password=_hashed(),
            full_name=row["name"],
            language=row.get("language", "fr"),
            timezone=row.get("zone", "Europe/Paris"),
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if role := row.get("role"):
        _hold(user, organisations[row["organisation"]], Role(role))
    if firm := row.get("firm"):
        _hold(user, organisations[firm], Role.REPRESENTATIVE)
    return user


def _hold(user: User, organisation: Organisation, role: Role) -> None:
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role, ended_at=None)


def accounts() -> list[tuple[str, str, str]]:
    """Return (who, address, part played) for the printed list and the sign-in page of the demonstration."""
    rows = []
    for row in sheet("people")["people"]:
        part = row.get("role") or row.get("seat") or "applicant"
        rows.append((row["name"], address_of(row["key"]), part))
    return rows

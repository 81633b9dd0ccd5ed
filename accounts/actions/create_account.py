"""Create an account whose address needs no confirmation: for commands and the demonstration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress

from accounts.enums import AppliesAs
from accounts.models import User
from workflow import audit
from workflow.transitions import use_case


@use_case
def create_account(
    *,
    email: str,
    full_name: str,
    password: str,
    actor: Any,
    now: datetime,
    language: str = "fr",
    timezone: str = "Europe/Paris",
    applies_as: str = AppliesAs.PERSON,
) -> User:
    """Create a person who can sign in at once; the caller vouches for the address."""
    user = User.objects.create_user(
        email, password, full_name=full_name, language=language, timezone=timezone, applies_as=applies_as
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(user, "create_account", actor=actor, now=now)
    return user

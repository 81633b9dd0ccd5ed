"""The accounts that a demonstration shows, with their passwords in the open."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise


class DemoAccount(NamedTuple):
    """One invented person: who they are in the story, how they sign in, what they do."""

    label: str | Promise
    email: str
    role: str | Promise
    password: str


ACCOUNTS: list[DemoAccount] = []

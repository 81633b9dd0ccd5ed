"""Kept access codes follow the password of their owner: listens to the room of the accounts."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts.passwords import password_changed, password_lost
from procurement.actions.rewrap_codes import lose_codes, rewrap_codes
from workflow import clock


@receiver(password_changed)
def seal_again(*, person: Any, old: str, new: str, **_sent: Any) -> None:
    """Seal under the new password what lies under the old one."""
    rewrap_codes(old=old, new=new, actor=person, now=clock.now())


@receiver(password_lost)
def give_up(*, person: Any, **_sent: Any) -> None:
    """Give up what lies under the old password."""
    lose_codes(actor=person, now=clock.now())

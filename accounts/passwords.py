"""The password of an account, for the rooms above that seal something under it: proved, changed, lost."""

from __future__ import annotations

from typing import Any

from axes.utils import reset as lift_lockout
from django.contrib.auth import authenticate
from django.dispatch import Signal
from django.http import HttpRequest

from accounts.lockout import address_of, name_tried

# Sent in the transaction that keeps the new password, while both are in memory: person, old, new.
password_changed = Signal()
# Sent in the transaction that keeps a password chosen through the mail: person. The old one was never typed.
password_lost = Signal()


def proves(request: HttpRequest, password: str) -> bool:
    """Tell whether this is the password of the person logged in; wrong ones count towards the lockout of the login."""
    person: Any = request.user
    found = authenticate(request, email=person.email, password=password)
    if found is None or found.pk != person.pk:
        return False
    lift_lockout(username=name_tried(None, {"email": person.email}), ip=address_of(request))
    return True

"""Access codes kept with an account: whether one is there, and what the password of its owner opens."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from procurement.models import Application, KeptCode
from procurement.models.access import Access, access_with
from procurement.sealing import BadPassphrase, Unreadable
from procurement.sealing.kept import open_code, seal_code


def kept_code_of(application: Application, person: Any) -> KeptCode | None:
    """Return what a person keeps of the code of an application."""
    return KeptCode.objects.filter(application=application, user=person).first()


def kept_codes_of(person: Any) -> QuerySet[KeptCode]:
    """Return every code that a person keeps and that can be read."""
    rows = KeptCode.objects.filter(user=person, lost_at=None).select_related("application__call")
    return rows.order_by("id")


def sealed_code(application: Application, person: Any, code: str, password: str) -> dict[str, Any]:
    """Return what may be stored of a code."""
    return seal_code(code, password=password, **_place(application, person))


def code_under(kept: KeptCode, password: str) -> str:
    """Return the code that a password opens; empty when it was sealed under another one, or at another place."""
    try:
        return open_code(kept.sealed or {}, password=password, **_place(kept.application, kept.user))
    except (BadPassphrase, Unreadable):
        return ""


def access_under(kept: KeptCode, password: str) -> Access | None:
    """Return the access that a password gives to an application; None when the code is not the present one."""
    application = kept.application
    return access_with(code_under(kept, password), reference=application.reference, check=application.key_check)


def _place(application: Application, person: Any) -> dict[str, str]:
    return {"call": application.call.reference, "application": application.reference, "person": str(person.pk)}

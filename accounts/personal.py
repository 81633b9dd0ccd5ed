"""What is kept about a person: each model names its personal columns, and by which path its row belongs to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models

from accounts.models import User
from workflow.models import AuditEvent

ACTS = 5000  # the newest acts in an export; nobody has more but a machine


def models_with_personal_columns() -> Iterator[type[Any]]:
    """Yield the models that declare PERSONAL columns and the path PERSONAL_OWNER to the person."""
    for model in apps.get_models():
        if getattr(model, "PERSONAL", ()) and getattr(model, "PERSONAL_OWNER", ""):
            yield model


def export_of(user: User, *, now: datetime) -> dict[str, Any]:
    """Return everything kept about a person: declared columns, sign-in means without their secrets, and acts."""
    content: dict[str, Any] = {"exported_at": now.isoformat(), "person": user.pk}
    for model in models_with_personal_columns():
        content[f"{model.__module__.split('.')[0]}.{model.__name__.lower()}"] = [
            _columns(row) for row in _rows_of(user, model)
        ]
    content["email_addresses"] = list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary"))
    content["second_factors"] = list(
        Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
    )
    content["sessions"] = list(UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent"))
    content["acts"] = list(
        AuditEvent.objects.filter(actor_id=user.pk)
        .order_by("-id")
        .values("at", "act", "outcome", "subject_type")[:ACTS]
    )
    return content


def _rows_of(user: User, model: type[Any]) -> models.QuerySet[Any]:
    owner = model.PERSONAL_OWNER
    return model.objects.filter(**{owner: user.pk}).order_by("pk")


def _columns(row: Any) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in row.PERSONAL}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value

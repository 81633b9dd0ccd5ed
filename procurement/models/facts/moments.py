"""Instants written for sentences, in the call's own zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from procurement.models import Call


def label(moment: datetime | None, *, call: Call) -> str:
    """Return “12/03/2020 17:00 (Europe/Madrid)”, empty where there is no instant."""
    if moment is None:
        return ""
    return f"{moment.astimezone(ZoneInfo(call.timezone)):%d/%m/%Y %H:%M} ({call.timezone})"


def precise_label(stamp: str, *, call: Call) -> str:
    """Return “11:42:07 (Europe/Madrid)” of an instant in ISO form, empty where there is none."""
    if not stamp:
        return ""
    return f"{datetime.fromisoformat(stamp).astimezone(ZoneInfo(call.timezone)):%H:%M:%S} ({call.timezone})"

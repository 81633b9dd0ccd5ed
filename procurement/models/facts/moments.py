"""Instants written for sentences, in the call's own zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from workflow.templatetags.instants import instant_text
from workflow.templatetags.zones import zone_text

if TYPE_CHECKING:
    from procurement.models import Call


def label(moment: datetime | None, *, call: Call) -> str:
    """Return “Thursday 12 March 2020, 17:00, Madrid time (UTC+1)” in the reader's language, empty where there is no instant."""
    if moment is None:
        return ""
    return f"{instant_text(moment, zone=call.timezone)}, {zone_text(moment, zone=call.timezone)}"


def precise_label(stamp: str, *, call: Call) -> str:
    """Return “11:42:07, Madrid time (UTC+1)” of an instant in ISO form, empty where there is none."""
    if not stamp:
        return ""
    moment = datetime.fromisoformat(stamp)
    return f"{instant_text(moment, zone=call.timezone, style='clock_seconds')}, {zone_text(moment, zone=call.timezone)}"

"""The later deadline of a call that goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procurement.models import Call
from procurement.web.forms.figures import LocalMoment, in_zone
from procurement.web.forms.reason import ReasonForm


class LaterDeadlineForm(ReasonForm):
    """A deadline on the call's clock, the least that is possible at first, and why."""

    deadline = LocalMoment(label=_("New deadline"))
    field_order = ("deadline", "reason")

    def __init__(self, call: Call, data: Any = None, *, least: datetime) -> None:
        self.call, self.least = call, least
        local = self.least.astimezone(ZoneInfo(call.timezone)).replace(tzinfo=None)
        super().__init__(data=data, initial={"deadline": local})

    def clean_deadline(self) -> datetime:
        """Read the hour in the call's zone."""
        local = self.cleaned_data.get("deadline")
        if local is None:
            raise ValidationError(_now("Give the new deadline."))
        return in_zone(local, zone=self.call.timezone)


def least_deadline(call: Call, *, now: datetime) -> datetime:
    """Return the first deadline at the usual hour that gives back the suspended time."""
    deadline = call.deadline or now
    lost = now - (call.suspended_at or now)
    days = -(-lost // timedelta(days=1))
    local = deadline.astimezone(ZoneInfo(call.timezone))
    return local + timedelta(days=days) if days > 0 else deadline

"""Fields that read figures and hours as people write them."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from procurement.rules.deadlines import DoubledHour, MissingHour, instant

SPACES = re.compile(r"[\s\u00a0\u202f']")
OPTIONAL: dict[str, Any] = {"required": False}


class FigureField(forms.DecimalField):
    """Reads “14 000,00”, “14,000.00” and “14000”; the last of a comma and a full stop is the decimal one."""

    default_error_messages = {"invalid": _("Write a figure, for example 14000 or 14000.50.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.TextInput, **options})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored figure as the reader writes it: 17,5 in French, never grouped, so that it is read back the same."""
        if not isinstance(value, Decimal) or self.localize or not value.is_finite():
            return super().prepare_value(value)
        return format(value.normalize(), "f").replace(".", get_format("DECIMAL_SEPARATOR"))

    def to_python(self, value: Any) -> Decimal | None:
        """Bring a written figure to the usual form, then read it."""
        return super().to_python(plain_figure(value) if isinstance(value, str) else value)


def plain_figure(text: str) -> str:
    """Return a written figure without spaces and with a full stop before the decimals."""
    figure = SPACES.sub("", text)
    comma, stop = figure.rfind(","), figure.rfind(".")
    if comma > stop:
        if figure.count(",") > 1:
            return figure.replace(",", "")
        return figure.replace(".", "").replace(",", ".")
    return figure.replace(",", "")


class LocalMoment(forms.SplitDateTimeField):
    """A day and an hour in the call's zone; without a day it is empty, a day without an hour is an error."""

    default_error_messages = {
        "incomplete": _("Give both the day and the hour."),
        "invalid_date": _("Write the day as on a calendar, for example 2020-03-12."),
        "invalid_time": _("Write the hour from 00:00 to 23:59."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "require_all_fields": False, **options})

    def compress(self, data_list: list[Any]) -> datetime | None:
        """Put day and hour together, still without a zone."""
        day, hour = (data_list or [None, None])[:2]
        return datetime.combine(day, hour) if day and hour is not None else None


def in_zone(local: datetime, *, zone: str) -> datetime:
    """Return the instant of a local time; refuses, with the sentence for the page, an hour that is skipped or comes twice."""
    shown = {"time": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}"}
    try:
        return instant(local=local, zone=zone)
    except MissingHour:
        raise ValidationError(
            _("On %(day)s the clocks go forward and %(time)s does not exist: choose another hour.") % shown
        ) from None
    except DoubledHour:
        raise ValidationError(
            _("On %(day)s the clocks go back and %(time)s comes twice: choose another hour.") % shown
        ) from None

"""How long until, how long ago: in words the page and its script share."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext, ngettext

NB: Final = "\u00a0"
# One number that stands for each plural category, so that the script can choose a form by Intl.PluralRules.
SAMPLES: Final = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def length_text(length: timedelta) -> str:
    """Write a length of time: “2 days 5 h 18 min”, under an hour “18 min 4 s”; a negative one counts as nothing."""
    seconds = max(0, int(length.total_seconds()))
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [_days(days)] if days else []
    if days or hours:
        parts += [gettext("%(n)s h") % {"n": hours}, gettext("%(n)s min") % {"n": minutes}]
    else:
        parts += [gettext("%(n)s min") % {"n": minutes}] if minutes else []
        parts += [gettext("%(n)s s") % {"n": seconds}]
    return " ".join(part.replace(" ", NB) for part in parts)


def distance_text(moment: datetime, *, now: datetime) -> str:
    """Write how far an instant is, in one unit: “in 40 min”, “in 3 days”, “2 days ago”; days are counted from 48 hours on."""
    length = moment - now
    words = _rough(abs(length))
    return (
        gettext("in %(length)s") % {"length": words}
        if length > timedelta(0)
        else gettext("%(length)s ago") % {"length": words}
    )


def day_forms() -> str:
    """Return the forms of “2 days” by plural category as JSON, with {n} for the number: the countdown's script reads it."""
    forms = {key: ngettext("%(n)s day", "%(n)s days", sample) % {"n": "{n}"} for key, sample in SAMPLES.items()}
    return json.dumps({key: form.replace(" ", NB) for key, form in forms.items()}, ensure_ascii=False)


def unit_forms() -> dict[str, str]:
    """Return the forms of hours, minutes and seconds with {n} for the number."""
    forms = {"h": gettext("%(n)s h"), "min": gettext("%(n)s min"), "s": gettext("%(n)s s")}
    return {key: (form % {"n": "{n}"}).replace(" ", NB) for key, form in forms.items()}


def _rough(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 120:
        return (gettext("%(n)s min") % {"n": minutes}).replace(" ", NB)
    if minutes < 48 * 60:
        return (gettext("%(n)s h") % {"n": minutes // 60}).replace(" ", NB)
    return _days(length.days)


def _days(count: int) -> str:
    return (ngettext("%(n)s day", "%(n)s days", count) % {"n": count}).replace(" ", NB)

"""Instants as people read them: the call's zone first, the reader's own when the hours differ."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final, Literal

from django.utils.dateformat import format as written
from django.utils.translation import get_language, gettext

from workflow.templatetags.zones import city_of, elided, zone_of

Style = Literal["long", "date", "full_date", "day", "short", "seconds", "millis", "clock", "clock_seconds"]
FULL: Final = {"es": r"l, j \d\e F \d\e Y"}
DAY_YEAR: Final = {"es": r"j \d\e F \d\e Y"}
DAY: Final = {"es": r"j \d\e F"}


def instant_text(moment: datetime, *, zone: str | tzinfo | None = None, style: Style = "long") -> str:
    """Write an aware instant in a zone; refuses a naive one.

    long “Thursday 12 March 2020, 17:00” · full_date without the hour · date “12 March 2020” · day “12 March”
    · short “12 March, 17:00” · seconds and millis “11 March 2020, 14:07:31(.482)” · clock “17:00” · clock_seconds “17:00:40”.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown")
    local = moment.astimezone(zone_of(zone))
    day = "" if style.startswith("clock") else _day(local, style=style)
    return _comma().join(part for part in (day, _hour(local, style=style)) if part)


def date_text(day: date, *, style: Style = "date") -> str:
    """Write a calendar day; styles full_date, date and day of instant_text."""
    return _day(datetime.combine(day, time(), tzinfo=UTC), style=style)


def own_hour_text(moment: datetime, *, zone: str | tzinfo | None, own: str | tzinfo | None = None) -> str:
    """Write “18:00 in Beirut, your time” when the reader's clock differs from the call's, with the day when that differs too; else nothing."""
    there, here = moment.astimezone(zone_of(zone)), moment.astimezone(zone_of(own))
    if there.utcoffset() == here.utcoffset():
        return ""
    style: Style = "clock" if there.date() == here.date() else "short"
    hour = instant_text(moment, zone=here.tzinfo, style=style)
    name = city_of(zone_of(own))
    if name == "UTC":
        return gettext("%(hour)s UTC") % {"hour": hour}
    return elided(gettext("%(hour)s in %(city)s, your time") % {"hour": hour, "city": name})


def span_text(start: datetime | None, end: datetime | None, *, zone: str | tzinfo | None) -> str:
    """Write a period in few words: “3 Feb. to 12 March, 17:00”, “until 20 Feb., 17:00”, “16 to 20 March, 18:00”, “13 March, 10:00”.

    An hour of 00:00 at the start of a period is not written; the year never is.
    """
    there = zone_of(zone)
    if end is None or start == end:
        return _brief(start, zone=there, hour=True) if start else ""
    if start is None:
        return gettext("until %(end)s") % {"end": _brief(end, zone=there, hour=True)}
    first, last = start.astimezone(there), end.astimezone(there)
    if first.date() == last.date():
        return f"{_brief(start, zone=there, hour=False)}{_comma()}{written(first, 'H:i')}–{written(last, 'H:i')}"
    same_month = (first.year, first.month) == (last.year, last.month)
    begin = _ordinal(written(first, "j")) if same_month else _brief(start, zone=there, hour=False)
    return gettext("%(start)s to %(end)s") % {"start": begin, "end": _brief(end, zone=there, hour=True)}


def _brief(moment: datetime, *, zone: tzinfo, hour: bool) -> str:
    local = moment.astimezone(zone)
    day = _ordinal(f"{written(local, 'j')} {_short_month(local)}")
    return f"{day}{_comma()}{written(local, 'H:i')}" if hour and written(local, "H:i") != "00:00" else day


def _short_month(local: datetime) -> str:
    name = written(local, "N")
    if _language() == "fr":
        return name.lower().replace("fév.", "févr.").replace("jan.", "janv.")
    return name.lower() if _language() == "es" else name


def _day(local: datetime, *, style: Style) -> str:
    if style in {"long", "full_date"}:
        return _ordinal(written(local, FULL.get(_language(), "l j F Y")))
    if style in {"short", "day"}:
        return _ordinal(written(local, DAY.get(_language(), "j F")))
    return _ordinal(written(local, DAY_YEAR.get(_language(), "j F Y")))


def _hour(local: datetime, *, style: Style) -> str:
    if style in {"seconds", "clock_seconds"}:
        return written(local, "H:i:s")
    if style == "millis":
        return f"{written(local, 'H:i:s')}{',' if _language() != 'en' else '.'}{local.microsecond // 1000:03}"
    return written(local, "H:i") if style in {"long", "short", "clock"} else ""


def _ordinal(day: str) -> str:
    """French writes the first of a month as an ordinal: « 1er mars »."""
    return re.sub(r"(^|\s)1(?=\s|$)", r"\g<1>1er", day) if _language() == "fr" else day


def _comma() -> str:
    return "، " if _language() == "ar" else ", "


def _language() -> str:
    return (get_language() or "en").split("-")[0]

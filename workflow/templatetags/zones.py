"""Time zones by the name of their city, as people say them: “Madrid time (UTC+1)”."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy

CITIES: Final = {
    "Africa/Algiers": pgettext_lazy("city", "Algiers"),
    "Africa/Cairo": pgettext_lazy("city", "Cairo"),
    "Africa/Casablanca": pgettext_lazy("city", "Casablanca"),
    "Africa/Tripoli": pgettext_lazy("city", "Tripoli"),
    "Africa/Tunis": pgettext_lazy("city", "Tunis"),
    "Asia/Amman": pgettext_lazy("city", "Amman"),
    "Asia/Beirut": pgettext_lazy("city", "Beirut"),
    "Europe/Athens": pgettext_lazy("city", "Athens"),
    "Europe/Berlin": pgettext_lazy("city", "Berlin"),
    "Europe/Brussels": pgettext_lazy("city", "Brussels"),
    "Europe/Istanbul": pgettext_lazy("city", "Istanbul"),
    "Europe/Lisbon": pgettext_lazy("city", "Lisbon"),
    "Europe/London": pgettext_lazy("city", "London"),
    "Europe/Madrid": pgettext_lazy("city", "Madrid"),
    "Europe/Paris": pgettext_lazy("city", "Paris"),
    "Europe/Rome": pgettext_lazy("city", "Rome"),
    "Europe/Vienna": pgettext_lazy("city", "Vienna"),
}

ELISIONS: Final = ((r"\bde (?=[AEIOUÉÎ])", "d’"), (r"\bde Le ", "du "), (r"\bà Le ", "au "))


def zone_of(zone: str | tzinfo | None) -> tzinfo:
    """Return the zone of an IANA name; without one, the zone of the reader."""
    if isinstance(zone, str) and zone:
        return ZoneInfo(zone)
    return zone if isinstance(zone, tzinfo) else timezone.get_current_timezone()


def city_of(zone: tzinfo) -> str:
    """Name the city that stands for a zone, in the reader's language where it is known."""
    key = getattr(zone, "key", None) or str(zone)
    if key in CITIES:
        return str(CITIES[key])
    return key.rsplit("/", 1)[-1].replace("_", " ")


def offset_text(moment: datetime) -> str:
    """Write the distance of an aware instant from UTC: “UTC+1”, “UTC+5:30”, “UTC”."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    if minutes == 0:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def zone_text(moment: datetime, *, zone: str | tzinfo | None) -> str:
    """Name the zone at that instant: “Madrid time (UTC+1)”; UTC is called by its own name."""
    there = zone_of(zone)
    name = city_of(there)
    if name == "UTC":
        return gettext("UTC time")
    return elided(
        gettext("%(city)s time (%(offset)s)") % {"city": name, "offset": offset_text(moment.astimezone(there))}
    )


def elided(text: str) -> str:
    """Join the name of a city to the French word before it: « d’Alger », « du Caire », « au Caire »."""
    if not (get_language() or "").startswith("fr"):
        return text
    for apart, joined in ELISIONS:
        text = re.sub(apart, joined, text)
    return text

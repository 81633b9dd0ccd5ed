"""Time zones by the name of their city, as people say them: “Madrid time (UTC+1)”."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import pgettext_lazy as city

CITIES: Final = {
    "Africa/Algiers": city("city", "Algiers"),
    "Africa/Cairo": city("city", "Cairo"),
    "Africa/Casablanca": city("city", "Casablanca"),
    "Africa/Tripoli": city("city", "Tripoli"),
    "Africa/Tunis": city("city", "Tunis"),
    "Asia/Amman": city("city", "Amman"),
    "Asia/Beirut": city("city", "Beirut"),
    "Europe/Athens": city("city", "Athens"),
    "Europe/Berlin": city("city", "Berlin"),
    "Europe/Brussels": city("city", "Brussels"),
    "Europe/Istanbul": city("city", "Istanbul"),
    "Europe/Lisbon": city("city", "Lisbon"),
    "Europe/London": city("city", "London"),
    "Europe/Madrid": city("city", "Madrid"),
    "Europe/Paris": city("city", "Paris"),
    "Europe/Rome": city("city", "Rome"),
    "Europe/Vienna": city("city", "Vienna"),
}


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
    return gettext("%(city)s time (%(offset)s)") % {"city": name, "offset": offset_text(moment.astimezone(there))}

"""Zones and countries to choose from."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from workflow.templatetags.zones import CITIES, city_of

COUNTRIES = [
    ("", _("None: weekends only")),
    ("DE", _("Germany")), ("AT", _("Austria")), ("BE", _("Belgium")), ("CY", _("Cyprus")), ("EG", _("Egypt")),
    ("ES", _("Spain")), ("FR", _("France")), ("GR", _("Greece")), ("IT", _("Italy")), ("JO", _("Jordan")),
    ("LU", _("Luxembourg")), ("MT", _("Malta")), ("MA", _("Morocco")), ("NL", _("Netherlands")), ("PT", _("Portugal")),
    ("GB", _("United Kingdom")), ("CH", _("Switzerland")), ("TN", _("Tunisia")), ("TR", _("Türkiye")),
]  # fmt: skip


def zone_choices(*more: str) -> list[tuple[str, str]]:
    """Return the zones by their city, those given among them; the name of the zone stands beside."""
    zones = sorted({*CITIES, "UTC", *more}, key=lambda zone: str(city_of(ZoneInfo(zone))))
    return [(zone, f"{city_of(ZoneInfo(zone))} ({zone})") for zone in zones]

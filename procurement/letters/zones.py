"""The city a reader knows a time zone by."""

from procurement.letters.facts import Language
from procurement.letters.text import NBSP

# IANA names its zones in English; these cities have another name in French.
_FRENCH = {
    "Africa/Algiers": "Alger",
    "Africa/Cairo": "Le Caire",
    "Africa/Tripoli": "Tripoli",
    "America/Sao_Paulo": "São Paulo",
    "America/Mexico_City": "Mexico",
    "Asia/Beirut": "Beyrouth",
    "Asia/Damascus": "Damas",
    "Asia/Dubai": "Dubaï",
    "Asia/Jerusalem": "Jérusalem",
    "Asia/Nicosia": "Nicosie",
    "Asia/Singapore": "Singapour",
    "Europe/Athens": "Athènes",
    "Europe/Brussels": "Bruxelles",
    "Europe/Bucharest": "Bucarest",
    "Europe/Copenhagen": "Copenhague",
    "Europe/Lisbon": "Lisbonne",
    "Europe/London": "Londres",
    "Europe/Malta": "Malte",
    "Europe/Moscow": "Moscou",
    "Europe/Rome": "Rome",
    "Europe/Sofia": "Sofia",
    "Europe/Vienna": "Vienne",
    "Europe/Warsaw": "Varsovie",
}
_UNIVERSAL = ("UTC", "Etc/UTC", "Etc/GMT", "GMT")


def zone_phrase(zone: str, *, language: Language) -> str:
    """« heure de Madrid », “Madrid time”, or UTC, for an IANA zone."""
    if zone in _UNIVERSAL:
        return "UTC"
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    if language == "en":
        return f"{city}{NBSP}time"
    city = _FRENCH.get(zone, city)
    if city.startswith("Le "):
        return f"heure du {city[3:]}"
    joint = "d’" if city[0] in "AEIOUYÉÈÎ" else f"de{NBSP}"
    return f"heure {joint}{city}"

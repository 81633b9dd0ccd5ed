"""What a reader looks for in the public list."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from procurement.enums import LANGUAGES, CallKind
from procurement.queries.public import LONGEST_SEARCH, SORTS, Facets, Wanted

PERIODS = (7, 30, 0)
KNOWN_LANGUAGES = {code for code, _name in LANGUAGES}


def wanted_from(data: QueryDict) -> Wanted:
    """Read the address; what is unknown there means nothing, a list never answers with an error."""
    within = data.get("within", "")
    sort = data.get("sort", "")
    return Wanted(
        text=data.get("q", "").strip()[:LONGEST_SEARCH],
        within=int(within) if within in {str(days) for days in PERIODS} else 0,
        kinds=tuple(kind for kind in data.getlist("kind") if kind in CallKind.values),
        languages=tuple(code for code in data.getlist("language") if code in KNOWN_LANGUAGES),
        theme=data.get("theme", "")[:80],
        country=data.get("country", "")[:120],
        sort=sort if sort in SORTS else "deadline",
    )


def choices_of(wanted: Wanted, facets: Facets) -> dict[str, Any]:
    """Return the choices of each filter with how many calls each would leave."""
    periods = {7: _("Within 7 days"), 30: _("Within 30 days"), 0: pgettext("deadlines", "All")}
    return {
        "periods": [(days, label, facets.within[days], days == wanted.within) for days, label in periods.items()],
        "kinds": [
            (kind.value, kind.label, facets.kinds[kind.value], kind.value in wanted.kinds)
            for kind in CallKind
            if facets.kinds[kind.value] or kind.value in wanted.kinds
        ],
        "languages": [
            (
                code,
                get_language_info(code)["name_translated"].capitalize(),
                facets.languages[code],
                code in wanted.languages,
            )
            for code, _name in LANGUAGES
            if facets.languages[code] or code in wanted.languages
        ],
        "themes": _named(facets.themes, wanted.theme),
        "countries": _named(facets.countries, wanted.country),
    }


def _named(counted: Any, chosen: str) -> list[tuple[str, int, bool]]:
    names = sorted({*(name for name, count in counted.items() if count), *([chosen] if chosen else [])})
    return [(name, counted[name], name == chosen) for name in names]


def active_filters(wanted: Wanted) -> int:
    """Return how many filters are on, the search not counted."""
    single = (wanted.within, wanted.theme, wanted.country)
    return sum(bool(value) for value in single) + len(wanted.kinds) + len(wanted.languages)


def address_of(wanted: Wanted, **changes: Any) -> str:
    """Return the query of an address that asks for the same with some changes."""
    pairs: list[tuple[str, Any]] = [("q", wanted.text), ("within", wanted.within or "")]
    pairs += [("kind", kind) for kind in wanted.kinds] + [("language", code) for code in wanted.languages]
    pairs += [("theme", wanted.theme), ("country", wanted.country), ("sort", changes.get("sort", wanted.sort))]
    return urlencode([(name, value) for name, value in pairs if value and (name, value) != ("sort", "deadline")])

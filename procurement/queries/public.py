"""What everybody may read of calls. Nothing here touches an application."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from procurement.enums import PUBLIC, CallState, PaperKind
from procurement.models import Call, Paper
from procurement.models.searching import plain, vector

SOON = timedelta(days=7)
SORTS = {"deadline": ("deadline", "id"), "publication": ("-published_at", "-id")}
LONGEST_SEARCH = 200
SHORT = 3  # letters of a word whose last one is no mark of a plural


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty fields mean everything. `within` counts days to the deadline."""

    text: str = ""
    within: int = 0
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    theme: str = ""
    country: str = ""
    sort: str = "deadline"


@dataclass
class Facets:
    """How many of the calls found each choice would leave, by choice."""

    within: dict[int, int] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)


def published_calls() -> QuerySet[Call]:
    """Return every call that was shown to the public, whatever became of it."""
    return Call.objects.filter(state__in=PUBLIC, published_at__isnull=False).select_related("organisation")


def open_calls(*, now: datetime) -> QuerySet[Call]:
    """Return the calls one can apply to now, and those suspended; time decides, whatever the clock's job has done."""
    collecting = Q(state=CallState.PUBLISHED, deadline__gt=now) | Q(state=CallState.SUSPENDED)
    return published_calls().filter(collecting).defer("terms", "frozen", "draft")


def search(calls: QuerySet[Call], text: str) -> QuerySet[Call]:
    """Keep the calls whose reference, title, terms, theme, country or programme hold every word, or one that begins so.

    Accents, case and the mark of a plural do not count.
    """
    words = _words(text)
    if not words:
        return calls
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
    return calls.annotate(found=vector()).filter(Q(found=query) | Q(reference__icontains=text.strip()))


def wanted_calls(wanted: Wanted, *, now: datetime) -> QuerySet[Call]:
    """Return the open calls that answer a search and its filters, in the order asked for."""
    calls = search(open_calls(now=now), wanted.text)
    if wanted.within:
        calls = calls.filter(deadline__lte=now + timedelta(days=wanted.within))
    if wanted.kinds:
        calls = calls.filter(kind__in=wanted.kinds)
    if wanted.languages:
        calls = calls.filter(_any_language(wanted.languages))
    if wanted.theme:
        calls = calls.filter(theme=wanted.theme)
    if wanted.country:
        calls = calls.filter(country=wanted.country)
    return calls.order_by(*SORTS.get(wanted.sort, SORTS["deadline"]))


def facets_of(wanted: Wanted, *, now: datetime, periods: Iterable[int]) -> Facets:
    """Count the choices over the calls that answer the search alone."""
    rows = search(open_calls(now=now), wanted.text).order_by()
    facets = Facets(within=dict.fromkeys(periods, 0))
    for kind, languages, theme, country, deadline in rows.values_list(
        "kind", "languages", "theme", "country", "deadline"
    ):
        facets.kinds[kind] += 1
        facets.languages.update(languages)
        facets.themes[theme] += bool(theme)
        facets.countries[country] += bool(country)
        for days in facets.within:
            facets.within[days] += days == 0 or (deadline is not None and deadline <= now + timedelta(days=days))
    return facets


def notice_paper(call: Call) -> Paper | None:
    """Return the latest notice of a call that is in Word."""
    return _latest(call, PaperKind.NOTICE)


def end_paper(call: Call) -> Paper | None:
    """Return the notice that a call ended without award, once it is in Word."""
    return _latest(call, PaperKind.CANCELLATION_NOTICE)


def _latest(call: Call, kind: PaperKind) -> Paper | None:
    written: Any = call.papers.filter(kind=kind, file__isnull=False)
    paper: Paper | None = written.select_related("file").order_by("-number").first()
    return paper


def _any_language(codes: Iterable[str]) -> Q:
    wanted = Q()
    for code in codes:
        wanted |= Q(languages__contains=[code])
    return wanted


def _words(text: str) -> list[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in plain(text[:LONGEST_SEARCH]))
    return [word[:-1] if len(word) > SHORT and word[-1] in "sx" else word for word in letters.split()]

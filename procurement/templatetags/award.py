"""Tags of the pages from the ranking to the archive: `{% load award %}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django import template

from procurement.queries.out_of_race import Out
from procurement.web import figures
from procurement.web.grounds import label_of, sentence_of
from workflow.templatetags.instants import date_text

register = template.Library()


@register.filter
def figure(value: Fraction | None) -> str:
    """{{ row.mean|figure }}: an exact number with two decimals, halves up."""
    return figures.shown(value)


@register.filter
def exactly(value: Fraction | None) -> str:
    """{{ value|exactly }}: an exact number as it is where it is short."""
    return "–" if value is None else figures.whole(value)


@register.filter
def at(row: Sequence[Any], index: int) -> Any:
    """{{ names|at:forloop.counter0 }}: one element of a row that goes along with another."""
    return row[index]


@register.filter
def ground_label(ground: str) -> str:
    """{{ one.ground|ground_label }}: the ground in one to three words."""
    return label_of(ground)


@register.filter
def out_mark(one: Out) -> str:
    """{{ one|out_mark }}: the technical mark of an application out of the race, apart from the limit it missed."""
    if one.mark is None:
        return "–"
    limit = Fraction(one.limit) if one.ground == "below_threshold" and one.limit is not None else None
    return figures.shown(Fraction(one.mark), limit=limit)


@register.simple_tag
def out_reason(one: Out, call: Any) -> str:
    """{% out_reason one call %}: why it is out, with the figures that decided."""
    return sentence_of(one, call=call)


@register.filter
def written_day(value: str | None) -> str:
    """{{ one.keep_until|written_day }}: a day out of the facts of a paper."""
    return date_text(date.fromisoformat(value)) if value else "–"


@register.filter
def message_name(kind: str) -> str:
    """{{ one.kind|message_name }}: what a message was, in words where it has none of its own."""
    return kind.replace("_", " ").capitalize()

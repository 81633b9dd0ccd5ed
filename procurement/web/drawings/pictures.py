"""Drawings ready for a page: geometry, texts in the reader's language, and the table that says the same.

The only module here that knows Django. Each picture goes to `components/draw_<name>.html` as `drawing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, Final

from django.utils.dateformat import format as written
from django.utils.translation import gettext, pgettext

from procurement.web.drawings.arrivals import arrivals, counts_per_hour
from procurement.web.drawings.dots import dot_row, outline
from procurement.web.drawings.ranking import Split, Standing, split_bar, stack_narrow, stack_wide
from procurement.web.drawings.timeline import Period, timeline
from workflow.templatetags.amounts import mark_text
from workflow.templatetags.instants import Style, instant_text, span_text
from workflow.templatetags.zones import zone_of

NOTHING: Final = "–"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing in two widths with its title and its table; `right` are the columns of figures."""

    title: str
    wide: Any
    narrow: Any
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One ranked application in points on 100, weights applied."""

    rank: int
    name: str
    technical: Decimal
    financial: Decimal
    total: Decimal


def timeline_picture(*, periods: Sequence[Period], now: datetime, zone: str | tzinfo) -> Picture:
    """Draw the timeline of a call in its zone; `when` is written here. Refuses an empty list."""
    there = zone_of(zone)
    local = [_in_zone(period, zone=there) for period in periods]
    here = now.astimezone(there)
    day = instant_text(now, zone=there, style="day")
    first = min(period.start for period in local)
    last = max(period.end or period.start for period in local)
    return Picture(
        title=gettext("Timeline of the call, %(start)s to %(end)s. The same dates are in the table that follows.")
        % {"start": instant_text(first, zone=there, style="day"), "end": instant_text(last, zone=there, style="date")},
        wide=timeline(periods=local, now=here, month=_month, today=gettext("today, %(day)s") % {"day": day}),
        narrow=timeline(periods=local, now=here, month=_month, today=gettext("today"), narrow=True),
        heads=(gettext("Step"), gettext("Beginning"), gettext("End")),
        rows=tuple((period.label, *_ends(period, there)) for period in local),
    )


def dots_picture(
    *,
    code: str,
    maximum: Decimal,
    marks: Sequence[tuple[str, Decimal | None]],
    mean: Decimal | None = None,
    consensus: Decimal | None = None,
) -> Picture:
    """Draw the marks of one criterion, evaluators in the panel's order; a mark that is missing is said in words."""
    said = [f"{name} {mark_text(value, places=None)}" for name, value in marks]
    said += [gettext("mean %(mark)s") % {"mark": mark_text(mean)}] if mean is not None else []
    said += (
        [gettext("consensus %(mark)s") % {"mark": mark_text(consensus, places=None)}] if consensus is not None else []
    )
    row = dot_row(maximum=maximum, marks=[value for _, value in marks], mean=mean, consensus=consensus)
    return Picture(
        title=gettext("%(code)s out of %(maximum)s: %(marks)s")
        % {"code": code, "maximum": mark_text(maximum, places=None), "marks": ", ".join(said)},
        wide=row,
        narrow=row,
        heads=(gettext("Evaluator"), gettext("Mark")),
        rows=tuple((name, mark_text(value, places=None)) for name, value in marks),
        right=(1,),
    )


def dots_key(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pair the shape of each evaluator with the name, for components/draw_key.html."""
    return [(outline(index), name) for index, name in enumerate(names)]


def ranking_picture(*, ranked: Sequence[Ranked]) -> Picture:
    """Draw the ranking as stacked bars, best first; nobody is left out."""
    standings = [_standing(one) for one in ranked]
    said = [
        gettext("%(name)s: %(technical)s technical and %(financial)s financial, total %(total)s")
        % {
            "name": one.name,
            "technical": mark_text(one.technical),
            "financial": mark_text(one.financial),
            "total": mark_text(one.total),
        }
        for one in ranked
    ]
    return Picture(
        title=gettext("Weighted points out of 100.") + " " + ". ".join(said) + ".",
        wide=stack_wide(standings),
        narrow=stack_narrow(standings),
        heads=(gettext("Application"), gettext("Rank"), gettext("Technical"), gettext("Financial"), gettext("Total")),
        rows=tuple(
            (one.name, str(one.rank), mark_text(one.technical), mark_text(one.financial), mark_text(one.total))
            for one in ranked
        ),
        right=(1, 2, 3, 4),
    )


def split_picture(*, technical: Decimal) -> Split:
    """Draw the two weights of a call; `technical` from 0 to 1. Beside it the weights stand in words."""
    return split_bar(first=technical)


def arrivals_picture(*, instants: Sequence[datetime], deadline: datetime, zone: str | tzinfo) -> Picture | None:
    """Draw arrivals per hour; only for after the opening. Nothing when nothing arrived."""
    there = zone_of(zone)
    limit = deadline.astimezone(there)
    counts = counts_per_hour(instants, deadline=limit)
    if not counts:
        return None
    late = sum(number for hour, number in counts if hour >= limit)
    shape = {"counts": counts, "deadline": limit, "day": lambda hour: instant_text(hour, zone=there, style="day")}
    return Picture(
        title=gettext("Arrivals per hour: %(count)s in all, %(late)s after the deadline.")
        % {"count": len(instants), "late": late},
        wide=arrivals(**shape),
        narrow=arrivals(**shape, narrow=True),
        heads=(gettext("Hour that begins"), gettext("Arrivals")),
        rows=tuple((instant_text(hour, zone=there, style="short"), str(number)) for hour, number in counts if number),
        right=(1,),
    )


def _in_zone(period: Period, *, zone: tzinfo) -> Period:
    return replace(
        period,
        start=period.start.astimezone(zone),
        end=period.end.astimezone(zone) if period.end else None,
        former=period.former.astimezone(zone) if period.former else None,
        when=period.when or span_text(period.start, period.end, zone=zone),
    )


def _month(moment: datetime) -> str:
    return written(moment, "F")


def _ends(period: Period, zone: tzinfo) -> tuple[str, str]:
    """Write where a period begins and ends; one of whole days by its days, the last one included."""
    last = period.end - timedelta(days=1) if period.days and period.end else period.end
    style: Style = "day" if period.days else "short"
    return instant_text(period.start, zone=zone, style=style), instant_text(
        last, zone=zone, style=style
    ) if last else ""


def _standing(one: Ranked) -> Standing:
    technical, financial = mark_text(one.technical), mark_text(one.financial)
    return Standing(
        rank=str(one.rank),
        name=one.name,
        technical=one.technical,
        financial=one.financial,
        technical_text=pgettext("points", "%(mark)s technical") % {"mark": technical},
        financial_text=pgettext("points", "%(mark)s financial") % {"mark": financial},
        financial_figure=financial,
        total_text=mark_text(one.total),
    )

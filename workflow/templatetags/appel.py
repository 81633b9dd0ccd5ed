"""The tags and filters of every page: `{% load appel %}`. Each says in one line what it writes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, cast

from django import template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext

from workflow.templatetags import amounts, durations, fields, instants, texts, zones

register = template.Library()


def _figure(text: str) -> str | SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', text) if get_language_bidi() else text


@register.filter
def amount(value: object, currency: str = "EUR") -> str:
    """{{ price|amount:call.currency }}: money with two decimals in the page's language."""
    return _figure(amounts.amount_text(value, currency=currency))


@register.filter
def mark(value: object, places: str | int = 2) -> str:
    """{{ value|mark }}: two decimals, halves up; {{ value|mark:"exact" }} without empty decimals; {{ value|mark:0 }}."""
    return _figure(amounts.mark_text(value, places=None if places == "exact" else int(places)))


@register.filter
def percent(value: object, base: str | int = 100) -> str:
    """{{ 80|percent }} « 80 % »; {{ weight|percent:1 }} when 1 is the whole."""
    return _figure(amounts.percent_text(value, of_one=str(base) == "1"))


@register.filter
def browser(agent: str) -> str:
    """{{ session.user_agent|browser }}: « Firefox, Windows »."""
    return texts.browser_text(agent)


@register.filter
def filesize(value: object) -> str:
    """{{ document.size|filesize }}: « 214 ko », « 6,4 Mo »."""
    return _figure(amounts.size_text(value))


@register.filter
def localised(value: Mapping[str, str] | str | None) -> SafeString:
    """{{ call.title|localised }}: the text in the page's language, else any, then with its `lang`."""
    return texts.localised_html(value)


@register.filter
def localised_text(value: Mapping[str, str] | str | None) -> str:
    """The same without markup, for attributes and titles."""
    return texts.text_in_language(value)[0]


@register.filter
def digest(value: str | bytes | None) -> SafeString:
    """{{ file.sha256|digest }}: in groups of eight."""
    return texts.digest_html(value)


@register.filter
def short_hash(value: str | bytes | None) -> SafeString:
    """{{ event.digest|short_hash }}: 9ef14466…b15c."""
    return texts.short_hash_html(value)


@register.simple_tag
def instant(moment: datetime | None, zone: str | tzinfo | None = None, style: str = "long") -> str:
    """{% instant call.deadline call.timezone "short" %}: a <time>; styles long, full_date, date, day, short, seconds, millis, clock, clock_seconds."""
    if moment is None:
        return amounts.NOTHING
    text = instants.instant_text(moment, zone=zone, style=cast(instants.Style, style))
    stamp = moment.astimezone(zones.zone_of(zone)).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, _figure(text) if "clock" in style else text)


@register.filter
def day(value: date | None, style: str = "date") -> str:
    """{{ some_date|day }} “12 March 2020”; {{ some_date|day:"full_date" }} with the weekday."""
    return instants.date_text(value, style=cast(instants.Style, style)) if value else amounts.NOTHING


@register.filter
def city(zone: str) -> str:
    """{{ call.timezone|city }}: the city that stands for a zone, “Madrid”."""
    return zones.city_of(zones.zone_of(zone))


@register.simple_tag
def zone_line(moment: datetime | None, zone: str | tzinfo | None = None) -> str:
    """{% zone_line call.deadline call.timezone %}: “Madrid time (UTC+1)”."""
    return zones.zone_text(moment, zone=zone) if moment else ""


@register.simple_tag
def both_zones(moment: datetime | None, zone: str | tzinfo | None = None, own: str | tzinfo | None = None) -> str:
    """{% both_zones call.deadline call.timezone %}: the call's zone, then the reader's own hour when it differs (own: the active zone)."""
    if moment is None:
        return ""
    there, here = zones.zone_text(moment, zone=zone), instants.own_hour_text(moment, zone=zone, own=own)
    return gettext("%(zone)s, that is %(own)s") % {"zone": there, "own": here} if here else there


@register.simple_tag
def span(start: datetime | None, end: datetime | None = None, zone: str | tzinfo | None = None) -> str:
    """{% span period.start period.end call.timezone %}: “3 Feb. to 12 March, 17:00”."""
    return instants.span_text(start, end, zone=zone)


@register.simple_tag
def distance(moment: datetime | None, now: datetime) -> str:
    """{% distance move.due now %}: “in 40 min”, “in 3 days”, “2 days ago”."""
    return durations.distance_text(moment, now=now) if moment else ""


@register.inclusion_tag("components/time_left.html")
def time_left(deadline: datetime, now: datetime) -> dict[str, Any]:
    """{% time_left call.deadline now %}: the time left, kept going by countdown.js on the server's clock."""
    return {
        "deadline": deadline,
        "now": now,
        "left": durations.length_text(deadline - now),
        "over": now > deadline,
        "days": durations.day_forms(),
        "units": durations.unit_forms(),
    }


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, *, label: str = "", hint: str = "", note: str = "", size: str = "", **attrs: Any
) -> dict[str, Any]:
    """{% field form.title note="…" hint="…" size="s" rows=3 %}: label, hint, error and control of any form field."""
    kind = fields.kind_of(bound)
    hint = str(hint or bound.help_text)
    attrs = {name.replace("_", "-"): value for name, value in attrs.items()}
    if size:
        attrs["class"] = f"a-w-{size}"
    told = bound.field.required or kind == "check" or (kind == "radios" and bool(bound.value()))
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "note": note or ("" if told else gettext("optional")),
        "described_by": fields.described_by(bound, hint=hint),
        "widget": "" if kind in {"radios", "checks", "pair"} else fields.widget_html(bound, hint=hint, attrs=attrs),
        "options": list(fields.options_of(bound)) if kind in {"radios", "checks"} else [],
        "parts": fields.pair_of(bound) if kind == "pair" else [],
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """{% error_summary form formset objections %}: every error at the top of the page, linked to its field; nothing when there is none."""
    return {"errors": fields.errors_of(sources)}


ACT = {
    "description": "",
    "method": "post",
    "form_id": "",
    "name": "",
    "value": "",
    "hidden": {},
    "kind": "primary",
    "wide": False,
    "over": False,
}


@register.inclusion_tag("components/act.html", takes_context=True)
def act(
    context: Context, label: str, url: str = "", *, objections: Iterable[Any] = (), **options: Any
) -> dict[str, Any]:
    """{% act "Publish the call" url objections=… %}: the button, or its reasons; options as in ACT, see components/act.html."""
    if unknown := options.keys() - ACT.keys():
        raise template.TemplateSyntaxError(f"act does not know {', '.join(sorted(unknown))}")
    chosen = {**ACT, **options}
    key = "|".join(str(part) for part in (label, url, chosen["form_id"], chosen["name"], chosen["value"]))
    return {
        **chosen,
        "request": context.get("request"),
        "label": label,
        "url": url,
        "objections": list(objections or ()),
        "why_id": f"why-{zlib.crc32(key.encode()):08x}",
    }


@register.simple_tag
def badge(label: str, kind: str = "") -> SafeString:
    """{% badge "In progress" "now" %}: kinds none, done, now, warn, stop."""
    return format_html('<span class="a-tag{}">{}</span>', f" a-tag--{kind}" if kind else "", label)

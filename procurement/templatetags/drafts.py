"""Tags of the pages of a draft: texts that follow from what is typed. static/js/live.js keeps them true."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import Form
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def live(context: Context, *names: str) -> SafeString:
    """{% live "payments" %}: a text by its name; several parts make one name."""
    name = "".join(str(part) for part in names)
    return format_html('<output data-live="{}">{}</output>', name, context["live"].get(name, ""))


@register.inclusion_tag("procurement/draft_departure.html", takes_context=True)
def departure(context: Context, key: str) -> dict[str, Any]:
    """{% departure "threshold" %}: the usual value of a rule that departs from the rule set, and the reason asked for."""
    form: Form = context["form"]
    return {
        "field": form[f"reason_{key}"],
        "live": context["live"],
        "key": key,
        "usual": context["live"].get(f"usual-{key}", ""),
    }


@register.inclusion_tag("procurement/draft_proposal.html", takes_context=True)
def proposal(context: Context, key: str) -> dict[str, Any]:
    """{% proposal "opening_at" %}: the date that follows from the deadline."""
    return {"live": context["live"], "key": key, "text": context["live"].get(f"proposed-{key}", "")}

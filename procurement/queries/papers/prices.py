"""Prices as the report of the financial opening writes them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from procurement.models import Application, Call
from procurement.queries.prices import OpenedPrice, opened_prices
from workflow.templatetags.amounts import amount_text


def price_lines(call: Call, applications: list[Application], *, now: datetime) -> dict[int, str]:
    """Return one line for each application whose price was opened: the total, and what does not add up."""
    prices = opened_prices(call, applications, now=now)
    return {price.application.pk: price_line(price, currency=call.currency) for price in prices}


def price_line(price: OpenedPrice, *, currency: str) -> str:
    """Return “€13,900.00”, and after it by how much the form does not add up or exceeds the ceiling."""
    parts = [amount_text(price.total, currency=currency) if price.total is not None else gettext("no total")]
    if price.difference:
        computed = amount_text(price.computed, currency=currency)
        parts.append(gettext("the parts of the form give %(computed)s") % {"computed": computed})
    if price.over_ceiling:
        excess = amount_text(price.excess, currency=currency)
        parts.append(gettext("above the ceiling by %(excess)s") % {"excess": excess})
    if price.unreadable:
        parts.append(
            gettext("not a figure: %(written)s") % {"written": ", ".join(f"“{one}”" for one in price.as_written)}
        )
    if price.in_browser:
        parts.append(gettext("sealed in the applicant’s browser"))
    return "; ".join(parts)

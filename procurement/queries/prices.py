"""Prices as they were offered, once opened, with the arithmetic of each form done again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from procurement.enums import SealedIn
from procurement.models import Application, Call
from procurement.queries.envelopes import prices_of
from procurement.rules.offered_price import UNREADABLE


@dataclass(frozen=True)
class OpenedPrice:
    """One price form. Figures are exact; None where the applicant left a field empty.

    `computed` is days x rate + expenses, None when the form lacks a part of it. One that was sealed in a browser came
    unchecked: `findings` say what was found at the opening, `as_written` how figures that are none were written.
    """

    application: Application
    days: Decimal | None
    rate: Decimal | None
    expenses: Decimal | None
    total: Decimal | None
    ceiling: Decimal | None
    in_browser: bool = False
    findings: tuple[str, ...] = ()
    as_written: tuple[str, ...] = ()

    @property
    def computed(self) -> Decimal | None:
        """Return days x rate + expenses."""
        if self.days is None or self.rate is None:
            return None
        return self.days * self.rate + (self.expenses or Decimal(0))

    @property
    def difference(self) -> Decimal:
        """Return the total written less the total computed; zero when there is nothing to compare."""
        if self.computed is None or self.total is None:
            return Decimal(0)
        return self.total - self.computed

    @property
    def unreadable(self) -> bool:
        """Tell whether a figure was written that is none."""
        return UNREADABLE in self.findings

    @property
    def over_ceiling(self) -> bool:
        """Tell whether the total is above the ceiling of the call."""
        return self.ceiling is not None and self.total is not None and self.total > self.ceiling

    @property
    def excess(self) -> Decimal:
        """Return by how much the total is above the ceiling."""
        return self.total - self.ceiling if self.over_ceiling and self.total and self.ceiling else Decimal(0)


def opened_prices(call: Call, applications: Iterable[Application], *, now: datetime) -> list[OpenedPrice]:
    """Return the opened prices of these applications, in their order; those still sealed are left out."""
    forms = prices_of(call, now=now)
    return [_price(one, forms[one.pk], ceiling=call.ceiling_amount) for one in applications if one.pk in forms]


def _price(application: Application, form: dict[str, Any], *, ceiling: Decimal | None) -> OpenedPrice:
    return OpenedPrice(
        application=application,
        days=_figure(form.get("days")),
        rate=_figure(form.get("rate")),
        expenses=_figure(form.get("expenses")),
        total=_figure(form.get("total")),
        ceiling=ceiling,
        in_browser=form.get("sealed_in") == SealedIn.BROWSER,
        findings=tuple(form.get("findings", ())),
        as_written=tuple(form.get("as_written", {}).values()),
    )


def _figure(value: Any) -> Decimal | None:
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None

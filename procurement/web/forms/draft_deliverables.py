"""Deliverables of a draft."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.actions.replace_deliverables import replace_deliverables
from procurement.models import Call
from procurement.web.forms.draft import Live, add_texts, texts_of
from procurement.web.forms.figures import OPTIONAL, FigureField
from procurement.web.forms.rows import RowForm, rows_of
from procurement.web.forms.tables import CODE, TableForm, short, titles
from workflow.templatetags.amounts import percent_text


class DeliverableRow(RowForm):
    """A thing handed over, when, and what it pays."""

    texts = ("title", "week", "payment")
    code = forms.CharField(**CODE)
    week = forms.IntegerField(label=_("Week"), min_value=0, max_value=1000, widget=short(), **OPTIONAL)
    payment = FigureField(
        label=_("Payment, %"), max_digits=5, decimal_places=2, min_value=0, max_value=100, widget=short()
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        add_texts(self, "title", _("Deliverable"), self.languages, max_length=300)

    def row(self) -> dict[str, Any]:
        """Return the columns."""
        given = self.cleaned_data
        return {
            "title": texts_of(given, "title", self.languages),
            "week": given.get("week"),
            "payment": given.get("payment") or Decimal(0),
        }


class DeliverablesForm(TableForm):
    """What is handed over and paid."""

    part = "deliverables"

    def tables_of(self, call: Call, data: Any) -> list[Any]:
        """One table."""
        rows = [
            {"code": d.code, "week": d.week, "payment": d.payment, **titles("title", d.title)}
            for d in call.deliverables.all()
        ]
        return [rows_of(DeliverableRow, call=call, prefix="deliverables", letter="L", data=data, initial=rows or [{}])]

    def rows(self) -> list[dict[str, Any]]:
        """Return the written rows."""
        table = self.tables[0]
        return [{**form.row(), "code": code} for form, code in zip(table.written(), table.codes(), strict=True)]

    def save(self, *, actor: Any, now: datetime, seen: str) -> Call:
        """Write the rows."""
        return replace_deliverables(call=self.call, rows=self.rows(), actor=actor, now=now, seen=seen)

    def live(self, call: Call) -> Live:
        """The sum of the payments."""
        return {"payments": percent_text(sum((row.payment for row in call.deliverables.all()), Decimal(0)))}

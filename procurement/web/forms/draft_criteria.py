"""Criteria of a draft: a tree of two levels."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.actions.replace_criteria import replace_criteria
from procurement.enums import Stage
from procurement.models import Call
from procurement.web.forms.draft import Live, add_texts, texts_of
from procurement.web.forms.figures import OPTIONAL, FigureField
from procurement.web.forms.rows import RowForm, rows_of
from procurement.web.forms.tables import CODE, TableForm, short, titles
from workflow.templatetags.amounts import mark_text


class CriterionRow(RowForm):
    """A criterion, or a part of the criterion above it."""

    texts = ("title", "guidance", "maximum", "minimum")
    sum = ""  # of its parts beside its maximum, as saved
    is_part = forms.BooleanField(widget=forms.HiddenInput, **OPTIONAL)
    code = forms.CharField(**CODE)
    maximum = FigureField(label=_("Maximum"), max_digits=7, decimal_places=2, min_value=0.01, widget=short())
    minimum = FigureField(label=_("Minimum"), max_digits=7, decimal_places=2, min_value=0, widget=short())
    stage = forms.ChoiceField(label=_("Judged"), choices=Stage.choices, **OPTIONAL)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        add_texts(self, "title", _("Criterion"), self.languages, max_length=300)
        add_texts(self, "guidance", _("Guidance for the evaluators"), self.languages, rows=3)

    @property
    def guidances(self) -> list[Any]:
        """Return the fields of the guidance, one for each language."""
        return [self[name] for name in self.fields if name.startswith("guidance_")]

    def row(self) -> dict[str, Any]:
        """Return the columns."""
        given = self.cleaned_data
        return {
            "title": texts_of(given, "title", self.languages),
            "guidance": texts_of(given, "guidance", self.languages),
            "maximum": given.get("maximum"),
            "minimum": given.get("minimum"),
            "stage": given.get("stage") or Stage.FILE.value,
        }


class CriteriaForm(TableForm):
    """The tree of criteria, a line a criterion, parts under their criterion."""

    part = "criteria"

    def tables_of(self, call: Call, data: Any) -> list[Any]:
        """One table."""
        rows = [_criterion(row) for row in call.criteria.all()]
        return [rows_of(CriterionRow, call=call, prefix="criteria", letter="C", data=data, initial=rows or [{}])]

    def rows(self) -> list[dict[str, Any]]:
        """Return the tree: criteria with their parts; a part without a criterion above it becomes one."""
        tops: list[dict[str, Any]] = []
        for form, code in zip(self.tables[0].written(), _codes(self.tables[0]), strict=True):
            row = {**form.row(), "code": code, "parts": []}
            (tops[-1]["parts"] if form.cleaned_data.get("is_part") and tops else tops).append(row)
        return tops

    def save(self, *, actor: Any, now: datetime, seen: str) -> Call:
        """Write the tree."""
        return replace_criteria(call=self.call, rows=self.rows(), actor=actor, now=now, seen=seen)

    def live(self, call: Call) -> Live:
        """The sum of the maxima, and of the parts of each criterion, beside what they must be."""
        saved = list(call.criteria.all())
        tops = [row for row in saved if row.parent_id is None]
        texts = {"total": f"{_sum(tops)} / {mark_text(expected_total(call), places=None)}"}
        for form, row in zip(self.tables[0].written(), saved, strict=False):
            parts = [part for part in saved if part.parent_id == row.pk]
            form.sum = f"{_sum(parts)} / {mark_text(row.maximum, places=None)}" if parts else ""
            texts[f"sum-{form.prefix}"] = form.sum
        return texts


def expected_total(call: Call) -> Decimal:
    """Return what the maxima must add up to: 100, or the technical points of a method that adds points."""
    return call.rule_number("technical_weight") if call.preset == "points" else Decimal(100)


def _sum(rows: list[Any]) -> str:
    return mark_text(sum((row.maximum or Decimal(0) for row in rows), Decimal(0)), places=None)


def _codes(table: Any) -> list[str]:
    """Give the next code to a criterion that has none: C5 after C4, C4a for a part of C4."""
    codes: list[str] = []
    top, parts, tops = "", 0, 0
    for form in table.written():
        given = str(form.cleaned_data.get("code") or "").strip()
        if form.cleaned_data.get("is_part") and top:
            parts += 1
            codes.append(given or f"{top}{chr(96 + parts)}")
        else:
            tops, parts = tops + 1, 0
            top = given or f"C{tops}"
            codes.append(top)
    return codes


def _criterion(row: Any) -> dict[str, Any]:
    return {
        "is_part": row.parent_id is not None,
        "code": row.code,
        "maximum": row.maximum,
        "minimum": row.minimum,
        "stage": row.stage,
        **titles("title", row.title),
        **titles("guidance", row.guidance),
    }

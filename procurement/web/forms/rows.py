"""Tables written row by row: rows are added and taken away by a plain POST, blank ones are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from procurement.models import Call

MOST_ROWS = 100


class RowForm(forms.Form):
    """A row; it counts as blank while none of its texts and figures is filled."""

    texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        self.call = call
        self.languages = list(call.languages) or [call.language]
        super().__init__(*args, **options)
        self.empty_permitted = False  # a row that is as it was saved is read too; blank ones are dropped by Rows

    @property
    def titles(self) -> list[Any]:
        """Return the fields of the title, one for each language."""
        return [self[name] for name in self.fields if name.startswith("title_")]

    def is_blank(self) -> bool:
        """Tell whether nothing was written in this row."""
        return not any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in self.filled_names())

    def filled_names(self) -> Iterable[str]:
        """Return the fields that make a row more than blank."""
        return [name for name in self.fields if name.startswith(self.texts)]


class Rows(forms.BaseFormSet):
    """The rows of a table, in order."""

    prefix_letter = ""

    def written(self) -> list[RowForm]:
        """Return the rows that are not blank."""
        return [form for form in self.forms if not (form.is_bound and form.is_blank())]

    def add_fields(self, form: Any, index: int | None) -> None:
        """Leave the rows as they are: Django's own extra fields are not used."""

    def codes(self) -> list[str]:
        """Return the code of each written row; one that was left empty gets the next of its letter."""
        given = [str(form.cleaned_data.get("code") or "").strip() for form in self.written()]
        taken = {code for code in given if code}
        return [code or _next_code(self.prefix_letter, taken) for code in given]


def rows_of(
    form: type[RowForm], *, call: Call, prefix: str, letter: str, data: Any, initial: list[dict[str, Any]]
) -> Any:
    """Return the rows of a table, from what was typed or from the draft."""
    kind = forms.formset_factory(
        form, formset=Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    kind.prefix_letter = letter
    return kind(data=data, initial=initial, prefix=prefix, form_kwargs={"call": call})


def _next_code(letter: str, taken: set[str]) -> str:
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    taken.add(f"{letter}{number}")
    return f"{letter}{number}"


def with_row_added(data: QueryDict, prefix: str, *, after: int | None = None, **values: str) -> QueryDict:
    """Return the data with a blank row at the end of a table, or after one of its rows."""
    rows = _rows(data, prefix)
    rows.insert(len(rows) if after is None else after + 1, {name: [text] for name, text in values.items()})
    return _with_rows(data, prefix, rows)


def with_row_removed(data: QueryDict, prefix: str, at: int) -> QueryDict:
    """Return the data without one row of a table."""
    rows = _rows(data, prefix)
    return _with_rows(data, prefix, rows[:at] + rows[at + 1 :])


def _rows(data: QueryDict, prefix: str) -> list[dict[str, list[str]]]:
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    rows: list[dict[str, list[str]]] = [{} for _ in range(min(int(total) if total.isdigit() else 0, MOST_ROWS))]
    pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    for name in data:
        if (found := pattern.fullmatch(name)) and int(found[1]) < len(rows):
            rows[int(found[1])][found[2]] = data.getlist(name)
    return rows


def _with_rows(data: QueryDict, prefix: str, rows: list[dict[str, list[str]]]) -> QueryDict:
    changed = QueryDict(mutable=True)
    for name in data:
        if not re.match(rf"{re.escape(prefix)}-\d+-", name):
            changed.setlist(name, data.getlist(name))
    changed[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    changed[f"{prefix}-INITIAL_FORMS"] = "0"
    for at, row in enumerate(rows):
        for name, texts in row.items():
            changed.setlist(f"{prefix}-{at}-{name}", texts)
    return changed

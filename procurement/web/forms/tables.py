"""Parts of a draft that are tables: a code, titles in each language, figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from procurement.models import Call
from procurement.web.forms.draft import DraftForm

CODE = {"label": _("Code"), "max_length": 12, "required": False}


def short() -> forms.TextInput:
    """Return the control of a figure."""
    return forms.TextInput(attrs={"class": "a-w-n"})


def titles(field: str, texts: dict[str, str]) -> dict[str, str]:
    """Return the texts of one field in each language, as initial values."""
    return {f"{field}_{code}": text for code, text in texts.items()}


class TableForm(DraftForm):
    """A part whose rows stand in one or more tables."""

    def __init__(self, call: Call, data: MultiValueDict | None = None) -> None:
        super().__init__(call, data)
        self.tables = self.tables_of(call, data)

    def tables_of(self, call: Call, data: Any) -> list[Any]:
        """Return the tables of rows."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Tell whether the fields and every row can be read."""
        return all([super().is_valid(), *(table.is_valid() for table in self.tables)])

    @property
    def sources(self) -> list[Any]:
        """Return the fields, then the rows."""
        return [self, *self.tables]

    def messages(self) -> dict[str, list[str]]:
        """Return every error by field, those of the rows included."""
        found = super().messages()
        for table in self.tables:
            for row in table.forms:
                found |= {row.add_prefix(name): [str(t) for t in texts] for name, texts in row.errors.items()}
        return found

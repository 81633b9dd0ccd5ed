"""The tree of criteria as a page draws it: groups with their rows, each with its fields and its levels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField

from procurement.models import Criterion
from procurement.web.forms.sheets import MarksForm, Written
from workflow.templatetags.texts import text_in_language

LEVEL = re.compile(r"^\s*([\d.,]+\s*(?:à|to|a|-|–|—)\s*[\d.,]+|[\d.,]+)\s*:\s*(.+)$")


@dataclass(frozen=True)
class CriterionRow:
    """One criterion that is marked. `levels`: (marks, what they mean); `guidance`: the rest of it."""

    criterion: Criterion
    stored: Written
    mark: BoundField | None = None
    text: BoundField | None = None
    levels: tuple[tuple[str, str], ...] = ()
    guidance: str = ""

    @property
    def wrong(self) -> bool:
        """Tell whether what was typed could not be saved."""
        return bool(self.mark is not None and (self.mark.errors or (self.text is not None and self.text.errors)))


@dataclass(frozen=True)
class Group:
    """A criterion with its parts; `top` is None for one that is marked itself."""

    top: Criterion | None
    rows: tuple[CriterionRow, ...]


def groups_of(criteria: Iterable[Criterion], *, form: MarksForm, writable: bool) -> list[Group]:
    """Return the criteria of a form grouped under the criterion they are parts of, in order."""
    groups: list[Group] = []
    for criterion in criteria:
        row = _row(criterion, form, writable=writable)
        parent = criterion.parent
        if parent is not None and groups and groups[-1].top == parent:
            groups[-1] = Group(parent, (*groups[-1].rows, row))
        else:
            groups.append(Group(parent, (row,)))
    return groups


def _row(criterion: Criterion, form: MarksForm, *, writable: bool) -> CriterionRow:
    levels, guidance = levels_of(criterion.guidance)
    fields: dict[str, Any] = {"mark": form[criterion.code], "text": form[f"{criterion.code}-text"]} if writable else {}
    stored = form.stored.get(criterion.code, Written())
    return CriterionRow(criterion, stored, levels=levels, guidance=guidance, **fields)


def levels_of(guidance: dict[str, str]) -> tuple[tuple[tuple[str, str], ...], str]:
    """Split a guidance into lines such as “13 to 15: sources compared” and the rest, in the reader's language."""
    levels, rest = [], []
    for line in text_in_language(guidance)[0].splitlines():
        found = LEVEL.match(line)
        if found:
            levels.append((found[1].strip(), found[2].strip()))
        elif line.strip():
            rest.append(line.strip())
    return tuple(levels), "\n".join(rest)

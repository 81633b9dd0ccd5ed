"""Keeping what was typed on a sheet or in a consensus: what changed is saved, what cannot be is said, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from procurement.models import Criterion
from procurement.rules import sheets
from procurement.web.forms.sheets import GENERAL, MarksForm, Written, plain
from workflow.refusals import Reason, Refused
from workflow.templatetags.amounts import mark_text

SaveMark = Callable[[Criterion, Decimal | None, str], Any]
SaveText = Callable[[str], Any]
OF_THE_MARK = {guard.code for guard in sheets.MARK}


@dataclass
class Kept:
    """What became of a request: why the whole is closed to writing, if it is; what this window now shows as it is stored
    (by version), what another window changed and this one did not touch, and what both changed."""

    closed: list[Reason] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    renewed: dict[str, Written] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)  # code -> the version stored by the other window


def keep(form: MarksForm, *, save_mark: SaveMark, save_text: SaveText) -> Kept:
    """Save every mark and text that this window changed; errors go to the form, whose text stays as it was typed."""
    form.is_valid()
    kept = Kept()
    for criterion in form.criteria:
        if form.was_sent(criterion.code) or form.was_sent(f"{criterion.code}-text"):
            typed = _typed(form, criterion.code)
            if _is_ours(form, criterion.code, typed, kept):
                _save(form, criterion, typed, kept, save_mark)
        if kept.closed:
            return kept
    _save_general(form, kept, save_text)
    return kept


def _typed(form: MarksForm, code: str) -> Written:
    """Return what was typed for a criterion; what was not sent, or cannot be read, stays as it is stored."""
    stored = form.stored.get(code, Written())
    readable = form.was_sent(code) and code not in form.errors
    mark = form.cleaned_data.get(code) if readable else stored.mark
    text = form.cleaned_data.get(f"{code}-text") if form.was_sent(f"{code}-text") else stored.text
    return Written(mark, plain(text if text is not None else stored.text))


def _is_ours(form: MarksForm, code: str, typed: Written, kept: Kept) -> bool:
    """Tell whether this window changed the criterion, and from what is stored; another window's change is not undone."""
    stored = form.stored.get(code, Written())
    if typed.version == stored.version:
        kept.versions[code] = stored.version
        return False
    seen = form.seen(code)
    if not seen or seen == stored.version:
        return True
    if typed.version == seen:
        kept.renewed[code] = stored
    else:
        kept.elsewhere[code] = stored.version
        form.add_error(code, _elsewhere(stored))
    return False


def _elsewhere(stored: Written) -> str:
    shown = {"mark": mark_text(stored.mark, places=None)}
    return (
        _(
            "Changed in another window since: %(mark)s is stored. What you typed stands here; save it again to replace that."
        )
        % shown
    )


def _save(form: MarksForm, criterion: Criterion, typed: Written, kept: Kept, save_mark: SaveMark) -> None:
    """Save one criterion; a mark that is refused leaves the stored one, and the text beside it is kept all the same."""
    try:
        save_mark(criterion, typed.mark, typed.text)
        kept.versions[criterion.code] = typed.version
    except Refused as refusal:
        if not set(refusal.codes) <= OF_THE_MARK:
            kept.closed = refusal.reasons
            return
        for reason in refusal.reasons:
            form.add_error(criterion.code, reason.sentence)
        stored = form.stored.get(criterion.code, Written())
        if typed.text != plain(stored.text):
            save_mark(criterion, stored.mark, typed.text)
        kept.versions[criterion.code] = Written(stored.mark, typed.text).version


def _save_general(form: MarksForm, kept: Kept, save_text: SaveText) -> None:
    if not form.was_sent(GENERAL) or GENERAL in form.errors:
        return
    typed = Written(None, plain(form.cleaned_data[GENERAL]))
    if not _is_ours(form, GENERAL, typed, kept):
        return
    try:
        save_text(typed.text)
        kept.versions[GENERAL] = typed.version
    except Refused as refusal:
        kept.closed = refusal.reasons


def for_the_script(kept: Kept) -> dict[str, Any]:
    """Return what a window must know to write on: the versions it shows, and what another one changed."""
    renewed = {
        code: {
            "mark": mark_text(one.mark, places=None) if one.mark is not None else "",
            "text": one.text,
            "version": one.version,
        }
        for code, one in kept.renewed.items()
    }
    return {"versions": kept.versions, "renewed": renewed, "elsewhere": kept.elsewhere}

"""Forms of the scoring desk, of the consensus, of the interviews and of reopening."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from procurement.models import Criterion
from procurement.web.forms.figures import FigureField, LocalMoment, in_zone
from workflow.templatetags.amounts import mark_text

LONGEST: Final = 4000
GENERAL: Final = "general"  # the text that belongs to no criterion


class MarkField(FigureField):
    """A mark as people type it, with a comma or a point; two decimals at most."""

    default_error_messages = {"invalid": _lazy("Write a number, for example 7.5.")}

    def __init__(self, *, look: str = "", **options: Any) -> None:
        attrs = {
            "class": f"form-control {look}".strip(),
            "inputmode": "decimal",
            "autocomplete": "off",
            "data-mark": True,
        }
        super().__init__(max_digits=7, decimal_places=2, widget=forms.TextInput(attrs=attrs), **options)


@dataclass(frozen=True)
class Written:
    """A mark and the text beside it, as stored or as typed."""

    mark: Decimal | None = None
    text: str = ""

    @property
    def version(self) -> str:
        """Return a short name of exactly this content: a window says with it what it began from."""
        mark = "" if self.mark is None else format(self.mark.normalize(), "f")
        return hashlib.sha256(f"{mark}|{plain(self.text)}".encode()).hexdigest()[:12]


def plain(text: str) -> str:
    """Return a text with one kind of line end and without the spaces around, as it is stored."""
    return text.replace("\r\n", "\n").strip()


class MarksForm(forms.Form):
    """Marks and texts for some criteria, and one general text. Whatever was not sent is left as it is."""

    def __init__(
        self, *args: Any, criteria: Iterable[Criterion], stored: Mapping[str, Written], look: str = "", **options: Any
    ) -> None:
        self.criteria = list(criteria)
        self.stored = stored
        options.setdefault("initial", _initial(stored))
        super().__init__(*args, **options)
        for criterion in self.criteria:
            self.fields[criterion.code] = MarkField(label=criterion.code, look=look)
            self.fields[f"{criterion.code}-text"] = _text_field(label=criterion.code)
        self.fields[GENERAL] = _text_field(label=_lazy("General comment"))

    def was_sent(self, name: str) -> bool:
        """Tell whether a field was in the request."""
        return name in self.data

    def seen(self, code: str) -> str:
        """Return the version that the window began from."""
        return str(self.data.get(f"{code}-seen", ""))


def _text_field(*, label: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": 3, "data-comment": True}
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs=attrs))


def _initial(stored: Mapping[str, Written]) -> dict[str, str]:
    initial = {GENERAL: stored[GENERAL].text} if GENERAL in stored else {}
    for code, written in stored.items():
        if code != GENERAL:
            initial[code] = "" if written.mark is None else mark_text(written.mark, places=None)
            initial[f"{code}-text"] = written.text
    return initial


class ReasonForm(forms.Form):
    """Why something signed or settled is taken up again."""

    reason = forms.CharField(
        label=_lazy("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("Kept in the log and read by the person concerned; 20 characters at least."),
    )  # fmt: skip


class InterviewForm(forms.Form):
    """The hour of an interview in the call's zone, and its place."""

    hour = LocalMoment(label=_lazy("Date and hour"), required=True)
    place = forms.CharField(
        label=_lazy("Place"), max_length=500, help_text=_lazy("An address, or a link where it is held online.")
    )

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone

    def clean_hour(self) -> datetime:
        """Return the instant; refuses an hour that the change of clocks skips or repeats."""
        return in_zone(self.cleaned_data["hour"], zone=self.zone)

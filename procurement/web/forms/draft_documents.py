"""Envelopes and required documents of a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.actions.replace_requirements import replace_requirements
from procurement.enums import EnvelopeKind, PriceSealing
from procurement.models import Call
from procurement.web.forms.draft import add_texts, texts_of
from procurement.web.forms.figures import OPTIONAL
from procurement.web.forms.rows import RowForm, rows_of
from procurement.web.forms.tables import CODE, TableForm, short, titles

FORMATS = [(code, code.upper()) for code in ("pdf", "docx", "odt", "xlsx", "jpg", "png")]


class RequirementRow(RowForm):
    """A document of an application."""

    texts = ("title",)
    code = forms.CharField(**CODE)
    formats = forms.MultipleChoiceField(
        label=_("Formats"),
        choices=FORMATS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
        **OPTIONAL,
    )
    personal = forms.BooleanField(label=_("Personal: not shown to evaluators"), **OPTIONAL)
    optional = forms.BooleanField(label=_("Optional"), **OPTIONAL)
    completable = forms.BooleanField(label=_("May be asked for after the opening when it is missing"), **OPTIONAL)
    most_files = forms.IntegerField(
        label=_("Files at most"), min_value=1, max_value=50, initial=5, widget=short(), **OPTIONAL
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        add_texts(self, "title", _("Document"), self.languages, max_length=300)

    @property
    def summary(self) -> str:
        """Say in a few words which options are on, for the line that hides them."""
        on = [self.fields[name].label for name in ("completable", "optional", "personal") if self[name].value()]
        formats = [str(code).upper() for code in self["formats"].value() or []]
        return "; ".join([*(str(label) for label in on), *([", ".join(formats)] if formats else [])])

    def row(self) -> dict[str, Any]:
        """Return the columns."""
        given = self.cleaned_data
        return {
            "title": texts_of(given, "title", self.languages),
            "formats": given.get("formats") or [],
            "personal": bool(given.get("personal")),
            "compulsory": not given.get("optional"),
            "completable": bool(given.get("completable")),
            "most_files": given.get("most_files") or 5,
        }


class DocumentsForm(TableForm):
    """The envelopes and what each must hold."""

    part = "documents"
    two_envelopes = forms.TypedChoiceField(
        label=_("Envelopes"),
        choices=[
            ("yes", _("Two: technical, then financial for those above the threshold")),
            ("no", _("One: no price is compared")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    price_sealing = forms.ChoiceField(
        label=_("Sealing of the financial envelope"),
        choices=PriceSealing.choices,
        initial=PriceSealing.SERVER,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "In the browser the price never reaches this service before the opening. It needs a recent browser with"
            " scripts, and a second code that the applicant must keep."
        ),
    )
    completion_hours = forms.IntegerField(
        label=_("Time to complete a file, in hours"), min_value=1, max_value=720, initial=48, widget=short(),
        help_text=_("Given once to an applicant whose file lacks a document that may be asked for"),
    )  # fmt: skip

    def initial_of(self, call: Call) -> dict[str, Any]:
        """Return the columns."""
        return {
            "two_envelopes": "yes" if call.two_envelopes else "no",
            "price_sealing": call.price_sealing,
            "completion_hours": call.completion_hours,
        }

    def tables_of(self, call: Call, data: Any) -> list[Any]:
        """One table for each envelope."""
        rows = list(call.requirements.all())
        return [
            rows_of(
                RequirementRow, call=call, prefix=envelope, letter=letter, data=data,
                initial=[_requirement(row) for row in rows if row.envelope == envelope] or [{}],
            )
            for envelope, letter in ((EnvelopeKind.TECHNICAL.value, "A"), (EnvelopeKind.FINANCIAL.value, "B"))
        ]  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """Return the written rows of the envelopes in use."""
        found = []
        for table in self.tables:
            if table.prefix == EnvelopeKind.FINANCIAL and not self.cleaned_data["two_envelopes"]:
                continue
            found += [
                {**form.row(), "code": code, "envelope": table.prefix}
                for form, code in zip(table.written(), table.codes(), strict=True)
            ]
        return found

    def save(self, *, actor: Any, now: datetime, seen: str) -> Call:
        """Write the rows and the choices."""
        return replace_requirements(
            call=self.call, rows=self.rows(), actor=actor, now=now, seen=seen,
            two_envelopes=self.cleaned_data["two_envelopes"], completion_hours=self.cleaned_data["completion_hours"],
            price_sealing=self.cleaned_data["price_sealing"] or None,
        )  # fmt: skip


def _requirement(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "formats": row.formats,
        "personal": row.personal,
        "optional": not row.compulsory,
        "completable": row.completable,
        "most_files": row.most_files,
        **titles("title", row.title),
    }

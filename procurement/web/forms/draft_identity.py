"""Identity and languages; budget; terms of reference."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procurement.enums import CURRENCIES, LANGUAGES, CallKind, CeilingMode, Tax
from procurement.models import Call
from procurement.web.forms.draft import DraftForm, add_texts, texts_of
from procurement.web.forms.figures import OPTIONAL, FigureField

TERMS = {
    "context": (_("Context"), _("Why this call, and for whom."), 6),
    "objectives": (_("Objectives"), _("What the work must achieve."), 4),
    "tasks": (_("Tasks"), _("One task a line."), 8),
    "profile": (_("Profile sought"), _("Qualifications, experience, languages."), 5),
    "arrangements": (_("Place and working arrangements"), "", 4),
}


class IdentityForm(DraftForm):
    """What the call is called, in which languages, and where it belongs."""

    part = "identity"
    kind = forms.ChoiceField(label=_("Kind of call"), choices=CallKind.choices, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the notice and of the applications"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("Authentic language"), choices=LANGUAGES, help_text=_("The papers of the procedure are written in it.")
    )
    cpv = forms.CharField(
        label=_("CPV code"),
        max_length=12,
        help_text=_("Common procurement vocabulary, for example 79315000-5"),
        **OPTIONAL,
    )
    theme = forms.CharField(
        label=_("Theme"), max_length=80, help_text=_("Shown as a filter of the public list"), **OPTIONAL
    )
    country = forms.CharField(label=_("Country"), max_length=120, **OPTIONAL)
    place = forms.CharField(label=_("City or region"), max_length=200, **OPTIONAL)
    programme = forms.CharField(label=_("Programme or project"), max_length=200, **OPTIONAL)
    partners = forms.CharField(label=_("Partners"), max_length=300, **OPTIONAL)
    funder = forms.CharField(label=_("Funded by"), max_length=200, **OPTIONAL)

    def __init__(self, call: Call, data: MultiValueDict | None = None) -> None:
        super().__init__(call, data)
        chosen = data.getlist("languages") if data is not None else call.languages
        self.title_languages = [code for code, _name in LANGUAGES if code in chosen] or [call.language]
        self.title_names = add_texts(self, "title", _("Title"), self.title_languages, max_length=300)
        self.initial |= {f"title_{code}": text for code, text in call.title.items()}

    def titles(self) -> list[Any]:
        """Return the fields of the titles."""
        return [self[name] for name in self.title_names]

    def clean(self) -> dict[str, Any]:
        """Refuse an authentic language in which the notice is not written."""
        cleaned = super().clean() or self.cleaned_data
        languages = cleaned.get("languages") or []
        if cleaned.get("language") and languages and cleaned["language"] not in languages:
            self.add_error("language", _now("The authentic language must be one of the languages of the notice."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the columns, the languages with the authentic one first."""
        columns = {name: value for name, value in self.cleaned_data.items() if not name.startswith("title_")}
        first = columns["language"]
        columns["languages"] = [first, *(code for code in columns["languages"] if code != first)]
        columns["title"] = {**self.call.title, **dict.fromkeys(self.title_languages, "")}
        columns["title"] |= texts_of(self.cleaned_data, "title", self.title_languages)
        columns["title"] = {code: text for code, text in columns["title"].items() if text}
        return columns


class BudgetForm(DraftForm):
    """The ceiling and how it binds."""

    part = "budget"
    ceiling_mode = forms.ChoiceField(
        label=_("How the ceiling applies"), choices=CeilingMode.choices, widget=forms.RadioSelect, **OPTIONAL
    )
    ceiling_amount = FigureField(label=_("Ceiling"), max_digits=14, decimal_places=2, min_value=0.01)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    tax = forms.ChoiceField(label=_("Tax"), choices=Tax.choices)
    person_days = forms.IntegerField(
        label=_("Estimated effort, in working days"), min_value=1, max_value=100000, widget=forms.TextInput, **OPTIONAL
    )


class TermsForm(DraftForm):
    """The terms of reference, section by section, in each language."""

    part = "terms"

    def __init__(self, call: Call, data: MultiValueDict | None = None) -> None:
        super().__init__(call, data)
        self.languages = list(call.languages) or [call.language]
        for section, (label, _hint, rows) in TERMS.items():
            for name in add_texts(self, section, label, self.languages, rows=rows, max_length=20000):
                code = name.removeprefix(f"{section}_")
                self.initial[name] = (call.terms.get(section) or {}).get(code, "")

    def sections(self) -> list[dict[str, Any]]:
        """Return the fields, section by section."""
        return [
            {"label": label, "hint": hint, "fields": [self[f"{section}_{code}"] for code in self.languages]}
            for section, (label, hint, _rows) in TERMS.items()
        ]

    def values(self) -> dict[str, Any]:
        """Return the texts; those in a language that is no longer chosen are kept."""
        terms = {}
        for section in TERMS:
            kept = {k: v for k, v in (self.call.terms.get(section) or {}).items() if k not in self.languages}
            terms[section] = {**kept, **texts_of(self.cleaned_data, section, self.languages)}
        return {"terms": terms}

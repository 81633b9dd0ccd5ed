"""What the forms of a draft share: nothing is compulsory while one writes, texts come in the languages of the notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language_info

from procurement.actions.change_draft import change_draft
from procurement.models import Call

Live = dict[str, str]
NOT_TYPED = {"csrfmiddlewaretoken", "seen", "add", "remove", "fill", "stay"}


class DraftForm(forms.Form):
    """One part of a draft: what it shows, what it saves, and what it shows while one writes."""

    part: ClassVar[str] = ""

    def __init__(self, call: Call, data: MultiValueDict | None = None) -> None:
        self.call = call
        super().__init__(data=data, initial=self.initial_of(call))

    def initial_of(self, call: Call) -> dict[str, Any]:
        """Return what the fields show of the draft; the columns of the same names."""
        return {name: getattr(call, name) for name in self.base_fields if hasattr(call, name)}

    def values(self) -> dict[str, Any]:
        """Return the columns to write."""
        return dict(self.cleaned_data)

    def save(self, *, actor: Any, now: datetime, seen: str) -> Call:
        """Write the part."""
        return change_draft(call=self.call, part=self.part, values=self.values(), actor=actor, now=now, seen=seen)

    def live(self, call: Call) -> Live:
        """Return texts of the page that follow from the draft as it is saved, by the name of their place."""
        return {}

    def extras(self) -> dict[str, Any]:
        """Return what else its page shows."""
        return {}

    @property
    def sources(self) -> list[Any]:
        """Return what the summary of errors reads, in the order of the page."""
        return [self]

    def messages(self) -> dict[str, list[str]]:
        """Return every error by field, for the script that saves."""
        return {name: [str(text) for text in texts] for name, texts in self.errors.items()}


def language_name(code: str) -> str:
    """Return the name of a language in itself: “français”, “English”."""
    return str(get_language_info(code)["name_local"])


def texts_of(values: Mapping[str, Any], field: str, languages: list[str]) -> dict[str, str]:
    """Gather the texts of one field in each language, leaving out what is empty."""
    given = {code: str(values.get(f"{field}_{code}") or "").strip() for code in languages}
    return {code: text for code, text in given.items() if text}


def add_texts(form: forms.Form, field: str, label: Any, languages: list[str], **options: Any) -> list[str]:
    """Add one text field for each language, named and labelled with it; return their names."""
    area = options.pop("rows", 0)
    names = []
    for code in languages:
        widget = forms.Textarea(attrs={"rows": area}) if area else forms.TextInput()
        widget.attrs.update({"lang": code, "dir": "rtl" if code == "ar" else "ltr"})
        shown = f"{label} ({language_name(code)})" if len(languages) > 1 else label
        form.fields[f"{field}_{code}"] = forms.CharField(label=shown, required=False, widget=widget, **options)
        names.append(f"{field}_{code}")
    return names


def typed_from(data: MultiValueDict) -> dict[str, list[str]]:
    """Return the fields of a form as they were typed, without its buttons."""
    return {name: data.getlist(name) for name in data if name not in NOT_TYPED}


def typed_again(typed: Mapping[str, list[str]]) -> QueryDict:
    """Return what was typed as the data of a form."""
    data = QueryDict(mutable=True)
    for name, texts in typed.items():
        data.setlist(name, texts)
    return data

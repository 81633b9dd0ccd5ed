"""Forms of the parts of a profile. Nothing is required: a part is saved as far as it is written."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from experts.enums import Field
from experts.models import Education, Experience, Expert, LanguageSkill

PHONE = re.compile(r"^\+?[0-9 ().\-/]{5,40}$")
MONTH = re.compile(r"^(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[-/. ](?P<y2>\d{4}))$")
COUNTRY = forms.TextInput(attrs={"autocomplete": "country-name"})


class MonthInput(forms.TextInput):
    """A month as people write it; the browser's own control where there is one."""

    input_type = "month"

    def format_value(self, value: Any) -> str | None:
        """Write a date as its year and month."""
        return f"{value:%Y-%m}" if isinstance(value, date) else super().format_value(value)


class MonthField(forms.CharField):
    """Reads 2019-03 or 03/2019 as the first of that month; refuses anything else."""

    widget = MonthInput

    def clean(self, value: Any) -> date | None:  # type: ignore[override]
        """Return the first day of the month, or None when nothing was written."""
        text = str(value or "").strip()
        if not text:
            return None
        found = MONTH.match(text)
        try:
            month = date(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), 1) if found else None
        except ValueError:
            month = None
        if month is None or not 1930 <= month.year <= 2100:
            raise ValidationError(_("Write the month like 2019-03."))
        return month


class IdentityForm(forms.ModelForm):
    """Where and how to reach the person, and their standing for VAT."""

    class Meta:
        model = Expert
        fields = ["nationality", "address", "city", "country", "phone", "vat_status", "vat_number"]
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "country": COUNTRY,
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "vat_status": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["vat_status"]
        field.choices = [choice for choice in field.choices if choice[0]]

    def clean_phone(self) -> str:
        """Refuse what cannot be dialled."""
        phone = self.cleaned_data["phone"].strip()
        if phone and not PHONE.match(phone):
            raise ValidationError(_("Write a telephone number with digits only, for instance +33 4 76 00 00 00."))
        return phone


class ExpertiseForm(forms.ModelForm):
    """Fields of expertise and a summary."""

    class Meta:
        model = Expert
        fields = ["fields", "other_fields", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields"] = forms.MultipleChoiceField(
            label=_("Fields"), choices=Field.choices, widget=forms.CheckboxSelectMultiple, required=False
        )
        self.order_fields(["fields", "other_fields", "summary"])


class LanguageForm(forms.ModelForm):
    """A language and its level."""

    class Meta:
        model = LanguageSkill
        fields = ["language", "mother_tongue", "level"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("language", "level"):
            self.fields[name].choices = [("", _("Choose…")), *list(self.fields[name].choices)[1:]]

    def clean_language(self) -> str:
        """Refuse a language that another row has."""
        language = str(self.cleaned_data["language"])
        others = LanguageSkill.objects.filter(expert=self.instance.expert, language=language).exclude(
            pk=self.instance.pk
        )
        if language and others.exists():
            raise ValidationError(_("This language is in your profile already."))
        return language


class EducationForm(forms.ModelForm):
    """A diploma or a training."""

    class Meta:
        model = Education
        fields = ["title", "institution", "country", "start_year", "end_year"]
        widgets = {"country": COUNTRY, "start_year": forms.TextInput, "end_year": forms.TextInput}

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        values = super().clean() or self.cleaned_data
        start, end = values.get("start_year"), values.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("This is before the first year."))
        return values


class ExperienceForm(forms.ModelForm):
    """A position or an assignment."""

    started_on = MonthField(label=_("From (month)"), required=False)
    ended_on = MonthField(label=_("To (month)"), required=False, help_text=_("Leave empty while it goes on."))

    class Meta:
        model = Experience
        fields = ["position", "organisation", "country", "started_on", "ended_on", "description"]
        widgets = {"country": COUNTRY, "description": forms.Textarea(attrs={"rows": 8})}

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        values = super().clean() or self.cleaned_data
        start, end = values.get("started_on"), values.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", _("This is before the first month."))
        return values

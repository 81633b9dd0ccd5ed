"""What an applicant writes: identity, price, a note to a document, for whom they apply."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from experts import queries as profiles
from experts.enums import Vat
from procurement.actions.save_part import LONGEST_NOTE
from procurement.enums import LegalStatus
from procurement.models import Application
from procurement.web.forms.figures import FigureField

ANY = {"required": False}


class CodeForm(forms.Form):
    """The access code, as it was noted; any case, with spaces or dashes."""

    code = forms.CharField(
        label=_("Access code"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Eight groups of four letters and figures; the dashes do not matter."),
        error_messages={"required": _("Type the access code.")},
    )


class PasswordForm(forms.Form):
    """The password of the account; it is never given back to the page."""

    password = forms.CharField(
        label=_("Password of your account"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type the password with which you log in.")},
    )


class PartForm(forms.Form):
    """One part; `version` is the state of the part that the window began from. Nothing is compulsory while one writes."""

    version = forms.CharField(widget=forms.HiddenInput, **ANY)

    def written(self) -> dict[str, Any]:
        """Return what is valid of what was written."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class IdentityForm(PartForm):
    """Who applies."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}), **ANY
    )
    status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices, widget=forms.RadioSelect, **ANY)
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=60, help_text=_("Of the firm, in the register of its country"), **ANY
    )
    representative = forms.CharField(
        label=_("Person who signs for the firm"), max_length=200, help_text=_("Name and function"), **ANY
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        **ANY,
    )
    country = forms.CharField(
        label=_("Country"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "country-name"}), **ANY
    )
    telephone = forms.CharField(
        label=_("Telephone"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}), **ANY
    )
    vat = forms.ChoiceField(label=_("VAT"), choices=Vat.choices, widget=forms.RadioSelect, **ANY)
    vat_number = forms.CharField(label=_("VAT number"), max_length=30, **ANY)


class PriceForm(PartForm):
    """Days × rate + expenses."""

    days = FigureField(label=_("Days"), max_digits=7, decimal_places=2, min_value=Decimal(0), localize=True)
    rate = FigureField(label=_("Daily rate"), max_digits=12, decimal_places=2, min_value=Decimal(0), localize=True)
    expenses = FigureField(
        label=_("Expenses"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        localize=True,
        help_text=_("Travel, translation, printing…: everything that comes on top of the days"),
    )


class NoteForm(PartForm):
    """A few words beside the files."""

    text = forms.CharField(
        label=_("Note to the committee"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}), **ANY
    )


class ApplicantForm(forms.Form):
    """For whom one applies: oneself, or a firm one represents."""

    applicant = forms.ChoiceField(label=_("I apply"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Any, firms: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firms = {str(firm.reference): firm for firm in firms}
        names = [(reference, firm.name) for reference, firm in self.firms.items()]
        own = _("for myself, %(name)s") % {"name": person}
        self.fields["applicant"].choices = [("", own), *names]
        self.fields["applicant"].required = False

    def organisation(self) -> Organisation | None:
        """Return the firm that was chosen, None for oneself."""
        return self.firms.get(self.cleaned_data["applicant"])


def known_identity(application: Application) -> dict[str, str]:
    """Return what the account, the firm or the profile says already; it is shown, and stored once the applicant saves."""
    firm = application.organisation
    if firm:
        address = "\n".join(line for line in (firm.address, firm.city) if line)
        return {
            "name": firm.name,
            "status": LegalStatus.LEGAL,
            "address": address,
            "country": firm.country,
            "registration_number": firm.registration_number,
            "representative": str(application.user),
        }
    known = {"name": str(application.user), "status": LegalStatus.NATURAL.value}
    if profile := profiles.profile_of(application.user):
        address = "\n".join(line for line in (profile.address, profile.city) if line)
        known |= {
            "address": address,
            "country": profile.country,
            "telephone": profile.phone,
            "vat": profile.vat_status,
            "vat_number": profile.vat_number,
        }
    return known

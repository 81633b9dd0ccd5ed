"""Seats and keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from procurement.enums import Seat
from procurement.models import Call, CommitteeMember
from procurement.web.forms.figures import OPTIONAL
from procurement.web.forms.reason import ReasonForm
from procurement.web.forms.tables import short


class AppointForm(forms.Form):
    """A seat about to be given."""

    seat = forms.ChoiceField(label=_("Seat"), choices=Seat.choices, initial=Seat.EVALUATOR)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Of the account; without one, an invitation is sent there."),
    )
    organisation_name = forms.CharField(label=_("Organisation"), max_length=120, **OPTIONAL)


class EndForm(ReasonForm):
    """Why a seat ends."""

    def clean_reason(self) -> str:
        """Keep the reason as it is; the act says when it is too short."""
        return str(self.cleaned_data.get("reason") or "").strip()


class ReplaceForm(EndForm):
    """Who takes the seat over."""

    email = forms.EmailField(label=_("E-mail address of the new member"), max_length=254)
    organisation_name = forms.CharField(label=_("Organisation"), max_length=120, **OPTIONAL)
    field_order = ("email", "organisation_name", "reason")


class KeysForm(forms.Form):
    """Which members hold a key, and how many of them must be present."""

    holders = forms.MultipleChoiceField(label=_("Key holders"), widget=forms.CheckboxSelectMultiple, **OPTIONAL)
    quorum = forms.IntegerField(
        label=_("Quorum"), min_value=1, max_value=7, widget=short(),
        help_text=_("How many of them must be present to open the envelopes"),
    )  # fmt: skip

    def __init__(self, call: Call, data: Any = None) -> None:
        self.seated = {m.label: m for m in call.members.filter(ended_at=None).select_related("user", "key")}
        named = [label for label, member in self.seated.items() if hasattr(member, "key")]
        super().__init__(data=data, initial={"holders": named, "quorum": call.quorum})
        self.fields["holders"].choices = [  # type: ignore[attr-defined]
            (label, f"{gettext(label)}, {member.user}, {member.organisation_name}".rstrip(", "))
            for label, member in self.seated.items()
        ]

    def members(self) -> list[CommitteeMember]:
        """Return the members chosen."""
        return [self.seated[label] for label in self.cleaned_data["holders"]]


class HolderForm(EndForm):
    """Which member holds a key in place of another."""

    member = forms.ChoiceField(label=_("New key holder"))
    field_order = ("member", "reason")

    def __init__(self, call: Call, data: Any = None) -> None:
        free = call.members.filter(ended_at=None, key=None).select_related("user")
        self.free = {member.label: member for member in free}
        super().__init__(data)
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            (label, f"{gettext(label)}, {member.user}, {member.organisation_name}".rstrip(", "))
            for label, member in self.free.items()
        ]

"""A reason, as serious acts ask for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.rules.reasons import MINIMUM


class ReasonForm(forms.Form):
    """Why; the act itself refuses a reason that is too short, so that the page and the server say the same."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = _("At least %(count)s characters; it stays in the file.") % {"count": MINIMUM}

    def text(self) -> str:
        """Return what was typed, whatever it is."""
        return str(self.data.get("reason", "")).strip() if self.is_bound else ""

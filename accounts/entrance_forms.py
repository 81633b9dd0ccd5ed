"""The forms of login, registration, reset and second factor, in our words: a label above, a hint, no placeholder."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.passwords import password_changed, password_lost

EMAIL, PASSWORD, AGAIN = _("E-mail address"), _("Password"), _("The same password again")
NEW_PASSWORD = _("New password")
LONG = _("At least 12 characters; a sentence of several words is easy to remember.")
CODE = _("The six digits that the app shows now, or a recovery code")

# For each field of allauth its label and its hint; a field missing here keeps its label.
WORDS = {
    "login": (EMAIL, ""),
    "email": (EMAIL, ""),
    "password": (PASSWORD, ""),
    "oldpassword": (_("Present password"), ""),
    "password1": (NEW_PASSWORD, LONG),
    "password2": (AGAIN, ""),
    "remember": (_("Stay logged in for eight hours, even when the browser is closed"), ""),
    "code": (_("Code"), CODE),
    "name": (_("Name of the key"), _("So that you can tell your keys apart: telephone, key ring…")),
    "passwordless": (
        _("Log in with this key alone, without password"),
        _("The key then asks for your finger, your face or its own code."),
    ),
}


class Worded:
    """Gives the fields of a form of allauth our labels and hints."""

    fields: dict[str, Any]
    words: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.help_text = {**WORDS, **self.words}[name]


class LoginForm(Worded, account_forms.LoginForm):
    """Address and password."""


class SignupForm(Worded, account_forms.SignupForm):
    """Name, address, password, for whom one applies, language."""

    words = {"password1": (PASSWORD, LONG)}


class ResetPasswordForm(Worded, account_forms.ResetPasswordForm):
    """The address to which a link is sent."""


class ResetPasswordKeyForm(Worded, account_forms.ResetPasswordKeyForm):
    """The new password, from the link."""

    @transaction.atomic
    def save(self) -> None:
        """Keep it, and tell those who sealed something under the old one, which nobody has typed."""
        super().save()
        password_lost.send(sender=type(self), person=self.user)


class ChangePasswordForm(Worded, account_forms.ChangePasswordForm):
    """The old password and the new one."""

    @transaction.atomic
    def save(self) -> None:
        """Keep the new one, and let those who sealed something under the old one seal it again, while both are here."""
        super().save()
        old, new = self.cleaned_data["oldpassword"], self.cleaned_data["password1"]
        password_changed.send(sender=type(self), person=self.user, old=old, new=new)


class SetPasswordForm(Worded, account_forms.SetPasswordForm):
    """A first password, for an account opened with a passkey."""


class AddEmailForm(Worded, account_forms.AddEmailForm):
    """The new address."""

    words = {"email": (_("New e-mail address"), "")}


class ReauthenticateForm(Worded, account_forms.ReauthenticateForm):
    """The password once more."""


class AuthenticateForm(Worded, mfa_forms.AuthenticateForm):
    """The code of the second factor, at login."""


class ReauthenticateCodeForm(Worded, mfa_forms.ReauthenticateForm):
    """The code of the second factor, before an act that counts."""


class ActivateTOTPForm(Worded, totp_forms.ActivateTOTPForm):
    """The first code of a new app."""

    words = {"code": (_("Code"), _("The six digits that the app shows now"))}


class AddWebAuthnForm(Worded, webauthn_forms.AddWebAuthnForm):
    """A new passkey."""


class EditWebAuthnForm(Worded, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""

"""The second factor under the name of this service."""

from __future__ import annotations

from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from accounts import at_rest


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys are made for this service and shown under its name; secrets are kept sealed."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is kept: of a TOTP app, or the seed of recovery codes."""
        return at_rest.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it was."""
        return at_rest.unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the name a passkey is kept under: our host, so that it works on no other."""
        owner = f" – {settings.OWNER_NAME}" if settings.OWNER_NAME else ""
        return {"id": allauth_context.request.get_host().partition(":")[0], "name": f"Appel{owner}"}

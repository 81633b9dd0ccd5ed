"""The key-ring: one Ed25519 key for each purpose, made from one secret; public keys, with those that were retired."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from workflow.log.notes import VerifierKey

LOG, RECEIPTS = "log", "receipts"
PURPOSES = (LOG, RECEIPTS)


@dataclass(frozen=True)
class Signature:
    """A signature of 64 bytes and the key that made it."""

    key: VerifierKey
    signature: bytes

    @property
    def base64(self) -> str:
        """Return the signature as text."""
        return b64encode(self.signature).decode()


def sign(*, purpose: str, message: bytes) -> Signature:
    """Sign bytes with the present key of a purpose. What is signed must say by itself what it is."""
    return Signature(key=public_key(purpose), signature=private_key(purpose).sign(message))


def private_key(purpose: str) -> Ed25519PrivateKey:
    """Return the present key of a purpose; refuses a purpose that nobody published a key for."""
    if purpose not in PURPOSES:
        raise ValueError(f"No key signs “{purpose}”.")
    return _made(settings.SIGNING_KEY, purpose)


@cache
def _made(secret: str, purpose: str) -> Ed25519PrivateKey:
    """Make the key of a purpose: HKDF-SHA-256 (RFC 5869) over the secret, so that no purpose knows another’s key."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"appel/sign/{purpose}".encode()).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def name_of(purpose: str) -> str:
    """Return the name under which a purpose signs: `calls.example.org/log`."""
    return f"{settings.SIGNING_NAME}/{purpose}"


def public_key(purpose: str) -> VerifierKey:
    """Return the public half of the present key of a purpose."""
    return VerifierKey(name_of(purpose), private_key(purpose).public_key().public_bytes_raw())


def retired_keys() -> list[VerifierKey]:
    """Return the public keys that signed before; refuses a text that is not one."""
    return [VerifierKey.read(text) for text in settings.SIGNING_KEYS_RETIRED]


def public_keys(purpose: str = "") -> list[VerifierKey]:
    """Return the present keys, then the retired ones; of one purpose where it is named."""
    keys = [*(public_key(one) for one in PURPOSES), *retired_keys()]
    return [key for key in keys if not purpose or key.name.endswith(f"/{purpose}")]

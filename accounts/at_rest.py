"""What the database keeps of a second factor, written so that the database alone does not give it away."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed1:"  # a text without it was written before secrets were sealed
PURPOSE = b"appel: secrets of second factors, 1"


def seal(text: str) -> str:
    """Return a secret sealed with the first of ENCRYPTION_KEYS; what is sealed already stays."""
    if text.startswith(MARK):
        return text
    return MARK + _fernet(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """Return the secret; refuses with InvalidToken when none of ENCRYPTION_KEYS sealed it."""
    if not text.startswith(MARK):
        return text
    return _fernet(tuple(settings.ENCRYPTION_KEYS)).decrypt(text.removeprefix(MARK).encode()).decode()


def in_secrets(kept: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return what an authenticator keeps with every secret in it changed; counters and public keys stay."""
    changed = dict(kept)
    for name in {"secret", "seed"} & kept.keys():
        changed[name] = change(kept[name])
    if "migrated_codes" in kept:
        changed["migrated_codes"] = [change(code) for code in kept["migrated_codes"]]
    return changed


@lru_cache(maxsize=4)
def _fernet(words: tuple[str, ...]) -> MultiFernet:
    """The first word seals, every word opens: so a new one is put in front and an old one goes when nothing needs it."""
    return MultiFernet([Fernet(_key(word)) for word in words])


def _key(word: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(word.encode())
    return base64.urlsafe_b64encode(derived)

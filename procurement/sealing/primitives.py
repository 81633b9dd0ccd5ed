"""The only lines that touch cryptography: HPKE, Cobblestone-256, HKDF, as the library has them."""

from __future__ import annotations

from functools import lru_cache

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from procurement.sealing.problems import Unreadable

SUITE = "X25519-HKDF-SHA256-AES256GCM"
KEY = 32  # bytes of every key, piece and salt
_suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_to(public: bytes, plain: bytes, *, info: bytes) -> bytes:
    """Return the HPKE message (RFC 9180, base mode): 32 bytes of encapsulated key, then the ciphertext."""
    return _suite.encrypt(plain, _public_key(public), info)


@lru_cache(maxsize=256)
def _public_key(public: bytes) -> X25519PublicKey:
    """Read a public key; the same few holders' are used for every application of a call."""
    return X25519PublicKey.from_public_bytes(public)


def open_with(private: bytes, sealed: bytes, *, info: bytes) -> bytes:
    """Open an HPKE message; Unreadable("key") when it is for another key, another place, or altered."""
    try:
        return _suite.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info)
    except (InvalidTag, ValueError) as problem:
        raise Unreadable("key") from problem


def seal_with(key: bytes, plain: bytes | bytearray, *, context: bytes) -> bytes:
    """Return one Cobblestone-256 message."""
    sealer = Cobblestone256Encryptor(key, context)
    return sealer.update(plain) + sealer.finalize()


def open_sealed(key: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """Open one Cobblestone-256 message; Unreadable("body") for another key, another place, or altered or cut bytes."""
    try:
        opener = Cobblestone256Decryptor(key, context)
        return opener.update(sealed) + opener.finalize()
    except (InvalidTag, ValueError) as problem:
        raise Unreadable("body") from problem


def derived(secret: bytes, *, info: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA256 without salt."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=info).derive(secret)


def new_pair() -> tuple[bytes, bytes]:
    """Return a new X25519 key: private, public."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public half of an X25519 key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

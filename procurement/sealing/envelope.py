"""Sealing and opening one envelope: two locks, the committee's and the server's, and the applicant's own way back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from procurement.sealing.canonical import decoded, encoded
from procurement.sealing.context import FORMAT, Binding
from procurement.sealing.header import checked, digest
from procurement.sealing.manifest import Manifest, read_manifest
from procurement.sealing.padding import padding_of, stripped
from procurement.sealing.pieces import split
from procurement.sealing.primitives import KEY, SUITE, derived, open_sealed, open_with, seal_to, seal_with
from procurement.sealing.problems import Unreadable
from procurement.sealing.roster import Roster, fingerprint


@dataclass(frozen=True)
class SealedEnvelope:
    """A sealed envelope: a header that may be public, and a body that only the two locks together open."""

    header: dict[str, Any]
    body: bytes


def seal_envelope(
    manifest: Manifest,
    *,
    binding: Binding,
    roster: Roster,
    lock_public: bytes,
    own_key: bytes,
    sealed_in: str = "server",
) -> SealedEnvelope:
    """Seal a manifest for this place under a new data key, to the roster, the server's lock and the applicant."""
    kc, ks = secrets.token_bytes(KEY), secrets.token_bytes(KEY)
    holders, subsets = split(kc, roster=roster, binding=binding)
    locks = {
        "quorum": roster.quorum,
        "holders": holders,
        "subsets": subsets,
        "lock": {
            "fingerprint": fingerprint(lock_public),
            "part": encoded(seal_to(lock_public, ks, info=binding.context("lock"))),
        },
        "own": encoded(seal_with(own_key, kc + ks, context=binding.context("own"))),
    }
    header = _place(binding) | {"sealed_in": sealed_in} | locks | {"files": [file.public() for file in manifest.files]}
    body = _sealed_body(manifest.to_bytes(header=digest(header)), kc=kc, ks=ks, binding=binding)
    header["body"] = {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body)}
    return SealedEnvelope(header, body)


def release_server_part(header: Mapping[str, Any], *, lock_private: bytes, binding: Binding) -> bytes:
    """Return the server's part; when it may be released is the lock's business. Unreadable("key") for another key."""
    found = checked(header, binding=binding)
    return open_with(lock_private, decoded(found["lock"]["part"]), info=binding.context("lock"))


def open_envelope(header: Mapping[str, Any], body: bytes, *, kc: bytes, ks: bytes, binding: Binding) -> Manifest:
    """Open an envelope with both parts of its key; Unreadable with the step at which it failed."""
    found = checked(header, binding=binding)
    if len(body) != found["body"]["size"] or not compare_digest(
        hashlib.sha256(body).hexdigest(), found["body"]["sha256"]
    ):
        raise Unreadable("body")
    padded = open_sealed(_data_key(kc, ks, binding), body, context=binding.context("manifest"))
    manifest = read_manifest(stripped(padded), header=digest(found))
    if [file.public() for file in manifest.files] != found["files"]:
        raise Unreadable("files")
    return manifest


def open_own_envelope(header: Mapping[str, Any], body: bytes, *, own_key: bytes, binding: Binding) -> Manifest:
    """Open one's own envelope with the draft key; Unreadable as `open_envelope`."""
    found = checked(header, binding=binding)
    both = open_sealed(own_key, decoded(found["own"]), context=binding.context("own"))
    return open_envelope(found, body, kc=both[:KEY], ks=both[KEY:], binding=binding)


def _place(binding: Binding) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "suite": SUITE,
        "call": binding.call,
        "application": binding.application,
        "envelope": binding.envelope,
        "version": binding.version,
    }


def _sealed_body(plain: bytes, *, kc: bytes, ks: bytes, binding: Binding) -> bytes:
    padded = plain + padding_of(len(plain))
    return seal_with(_data_key(kc, ks, binding), padded, context=binding.context("manifest"))


def _data_key(kc: bytes, ks: bytes, binding: Binding) -> bytes:
    if len(kc) != KEY or len(ks) != KEY:
        raise Unreadable("key")
    return derived(kc + ks, info=binding.context("dek"))

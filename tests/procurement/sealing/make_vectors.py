"""Writes vectors/envelope.json and keys.json: run once for each version of the format, from the root of the project.

python -m tests.procurement.sealing.make_vectors
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from procurement import sealing
from procurement.sealing import drill, holders

HERE = Path(__file__).parent / "vectors"
BINDING = sealing.Binding(call="AO-2026-001", application="CAND-7", envelope="financial", version=3)
CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"
PASSPHRASE = "café au lait, tous les jours"
CONTENT = "Offre financière : 12 500,00 €\n".encode()


def secret(label: str) -> bytes:
    """Return a private key that anybody can make again: SHA-256 of its label."""
    return hashlib.sha256(f"sealed-envelope/v1 vector {label}".encode()).digest()


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def envelope() -> dict[str, Any]:
    privates = {name: secret(f"holder {name}") for name in ("11", "12", "13", "14")}
    keys = tuple(sealing.HolderKey(name, holders.public_half(private)) for name, private in privates.items())
    key, salt, lock = secret("file key"), secret("salt"), secret("lock")
    place = sealing.PartContext(BINDING.call, BINDING.application, BINDING.envelope, "f-1", 0, last=True)
    part = sealing.seal_part(CONTENT, key=key, context=place)
    file = sealing.SealedFile(
        id="f-1",
        key=key,
        code="price_note",
        name="Offre – été.txt",
        media_type="text/plain",
        size=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        salt=salt,
        findings=(),
        parts=1,
        stored_sha256=hashlib.sha256(part).hexdigest(),
        stored_size=len(part),
    )
    written = {"price": "12500.00", "lots": [1, 2], "note": "𝔘 ‰ \u2028 \x1f", "ready": True, "none": None}
    sealed = sealing.seal_envelope(
        sealing.Manifest(written, (file,)),
        binding=BINDING,
        roster=sealing.Roster(keys, 3),
        lock_public=holders.public_half(lock),
        own_key=sealing.draft_key(CODE, application=BINDING.application),
    )
    return {
        "code": CODE,
        "holders": {name: encoded(private) for name, private in privates.items()},
        "lock": encoded(lock),
        "header": sealed.header,
        "body": encoded(sealed.body),
        "parts": [encoded(part)],
        "written": written,
        "content": encoded(CONTENT),
    }


def keys() -> dict[str, Any]:
    private = secret("holder 11")
    public = holders.public_half(private)
    draft = sealing.draft_key(CODE, application=BINDING.application)
    sizes = [0, 1, 65_536, 65_537, 2**20, 2**20 + 1, 20 * 2**20 + 1, 2**28 + 1, 1000 * 2**20 + 1]
    return {
        "access": {
            "code": CODE,
            "application": BINDING.application,
            "draft_key": encoded(draft),
            "check": sealing.key_check(draft),
        },
        "holder": {
            "call": BINDING.call,
            "holder": "11",
            "private": encoded(private),
            "public": encoded(public),
            "fingerprint": sealing.fingerprint(public),
            "sheet": holders.recovery_sheet(private),
            "passphrase": PASSPHRASE,
            "kept": holders.seal_private(private, passphrase=PASSPHRASE, call=BINDING.call, holder="11"),
            "drill": drill.make_drill(sealing.HolderKey("11", public), call=BINDING.call),
        },
        "sizes": [
            [size, sealing.parts_of(size), sealing.padded_size(size), sealing.sealed_size(size)] for size in sizes
        ],
    }


def main() -> None:
    for name, made in (("envelope", envelope()), ("keys", keys())):
        text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

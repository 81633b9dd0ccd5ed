"""Envelopes to try: rosters of any size, and a small envelope sealed for them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from procurement import sealing
from procurement.sealing.holders import make_holder_key

BINDING = sealing.Binding(call="AO-2026-001", application="CAND-7", envelope="technical", version=1)
CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"


@dataclass
class Holders:
    """Key holders 1 to n of a call with their private keys, and the server's lock."""

    count: int
    quorum: int
    private: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pairs = {str(number): make_holder_key() for number in range(1, self.count + 1)}
        self.private = {name: private for name, (private, _) in pairs.items()}
        keys = tuple(sealing.HolderKey(name, public) for name, (_, public) in pairs.items())
        self.roster = sealing.Roster(keys, self.quorum)
        self.lock_private, self.lock_public = make_holder_key()
        self.own_key = sealing.draft_key(CODE, application="CAND-7")

    def seal(self, manifest: sealing.Manifest, *, binding: sealing.Binding = BINDING) -> sealing.SealedEnvelope:
        return sealing.seal_envelope(
            manifest, binding=binding, roster=self.roster, lock_public=self.lock_public, own_key=self.own_key
        )

    def released(self, header: dict, *names: str, binding: sealing.Binding = BINDING) -> dict[str, dict[str, bytes]]:
        return {
            name: sealing.release_pieces(header, holder=name, private=self.private[name], binding=binding)
            for name in names
        }

    def server_part(self, header: dict, *, binding: sealing.Binding = BINDING) -> bytes:
        return sealing.release_server_part(header, lock_private=self.lock_private, binding=binding)

    def open(self, header: dict, body: bytes, *, binding: sealing.Binding = BINDING) -> sealing.Manifest:
        """Open as the ceremony does: the first holders of a quorum, then the server."""
        names = list(self.private)[: self.quorum]
        pieces = self.released(header, *names, binding=binding)
        kc = sealing.join_pieces(header, pieces=pieces, binding=binding)
        ks = self.server_part(header, binding=binding)
        return sealing.open_envelope(header, body, kc=kc, ks=ks, binding=binding)


def file(content: bytes = b"a curriculum", *, name: str = "CV – Zoé.pdf") -> sealing.SealedFile:
    """Return the entry of a file whose sealed bytes are of no interest."""
    stored = hashlib.sha256(b"sealed" + content).hexdigest()
    return sealing.SealedFile(
        id="0197-a", key=bytes(range(32)), code="cv", name=name, media_type="application/pdf", size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), salt=bytes(range(32, 64)), findings=("pdf.javascript",), parts=1,
        stored_sha256=stored, stored_size=sealing.sealed_size(len(content)),
    )  # fmt: skip


def manifest() -> sealing.Manifest:
    """Return what an envelope may hold."""
    written = {"name": "Zoé Ångström", "lots": [1, 2], "price": "12500.00", "notes": {"why": None, "sure": True}}
    return sealing.Manifest(written, (file(),))

"""Sealed envelopes, format `sealed-envelope/v1` (docs/sealing.md): bytes in, bytes out. Pure: no service, no model.

Below this line there is only `cryptography` (HPKE, Cobblestone, HKDF, AES-GCM) and `argon2-cffi`; nothing is home-made.
"""

from procurement.sealing.acceptance import accept_envelope
from procurement.sealing.access import draft_key, key_check, make_code, read_code
from procurement.sealing.context import FORMAT, Binding, Context, PartContext
from procurement.sealing.envelope import (
    SealedEnvelope,
    open_envelope,
    open_own_envelope,
    release_server_part,
    seal_envelope,
)
from procurement.sealing.files import (
    PART_SIZE,
    PartSealer,
    new_file_key,
    open_part,
    padded_size,
    parts_of,
    seal_part,
    sealed_size,
)
from procurement.sealing.manifest import Manifest, SealedFile, commitment
from procurement.sealing.own import open_own, seal_own
from procurement.sealing.pieces import join_pieces, release_pieces, wrong_pieces
from procurement.sealing.problems import BadCode, BadPassphrase, BadRecovery, NotEnough, Unreadable, WrongPiece
from procurement.sealing.roster import HolderKey, Roster, fingerprint

__all__ = [
    "FORMAT",
    "PART_SIZE",
    "BadCode",
    "BadPassphrase",
    "BadRecovery",
    "Binding",
    "Context",
    "HolderKey",
    "Manifest",
    "NotEnough",
    "PartContext",
    "PartSealer",
    "Roster",
    "SealedEnvelope",
    "SealedFile",
    "Unreadable",
    "WrongPiece",
    "accept_envelope",
    "commitment",
    "draft_key",
    "fingerprint",
    "join_pieces",
    "key_check",
    "make_code",
    "new_file_key",
    "open_envelope",
    "open_own",
    "open_own_envelope",
    "open_part",
    "padded_size",
    "parts_of",
    "read_code",
    "release_pieces",
    "release_server_part",
    "seal_envelope",
    "seal_own",
    "seal_part",
    "sealed_size",
    "wrong_pieces",
]

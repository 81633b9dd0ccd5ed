"""Signed notes and checkpoints: C2SP signed-note with Ed25519, C2SP tlog-checkpoint, and the anchor of a day. Pure."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"  # the signature type of C2SP signed-note
NAME = re.compile(r"[^\s+]+")
WHOLE = re.compile(r"0|[1-9][0-9]*")


class BadNote(ValueError):
    """A note is not what it should be: its form, its signature or the key that made it."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name; as text `name+key id+base64(0x01 || key)`, the usual form of a verifier key."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the first four bytes of SHA-256(name || 0x0A || 0x01 || key)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """Return the key written as text; refuses another algorithm and an identifier that is not that of the key."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        whole = unbase64(encoded)
        key = cls(name, whole[1:])
        if not NAME.fullmatch(name) or whole[:1] != ED25519 or len(key.public) != 32 or str(key) != text.strip():
            raise BadNote(f"“{text}” is not the text of an Ed25519 verifier key ({key_id}).")
        return key


def unbase64(text: str) -> bytes:
    """Return the bytes of a base64 text; refuses every spelling but the canonical one."""
    try:
        found = b64decode(text, validate=True)
    except ValueError as error:
        raise BadNote(f"“{text}” is not base64.") from error
    if b64encode(found).decode() != text:
        raise BadNote(f"“{text}” is not canonical base64.")
    return found


def sign(text: str, *, name: str, key: Ed25519PrivateKey) -> str:
    """Return the note: the text, an empty line, and one signature line."""
    public = VerifierKey(name, key.public_key().public_bytes_raw())
    signature = b64encode(public.key_id + key.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def opened(note: str, *, keys: Iterable[VerifierKey]) -> tuple[str, VerifierKey]:
    """Return the text of a note and the key that signed it; refuses more than one signature, and unknown keys."""
    text, parted, line = note.rpartition("\n\n")
    words = line.split(" ")
    if not parted or len(words) != 3 or words[0] != "—" or not line.endswith("\n") or line.count("\n") != 1:
        raise BadNote("This is not a note with one signature.")
    text, name, signature = f"{text}\n", words[1], unbase64(words[2].rstrip("\n"))
    for key in keys:
        if (key.name, key.key_id) == (name, signature[:4]):
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(signature[4:], text.encode())
            except InvalidSignature as error:
                raise BadNote(f"The signature of {name} is false.") from error
            return text, key
    raise BadNote(f"The key {signature[:4].hex()} of {name} is not among those that are trusted.")


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """The size and the root of the log at an instant; `number` counts checkpoints from 1."""

    origin: str
    size: int
    root: bytes
    number: int
    at: datetime

    def text(self) -> str:
        """Return the text that is signed: C2SP tlog-checkpoint with two extension lines, `number` and `at`."""
        lines = (
            self.origin,
            self.size,
            b64encode(self.root).decode(),
            f"number {self.number}",
            f"at {instant(self.at)}",
        )
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """Return the checkpoint of a text; refuses every spelling but the one that `text` writes."""
        lines = text.split("\n")
        if len(lines) != 6 or not WHOLE.fullmatch(lines[1]) or not WHOLE.fullmatch(lines[3].removeprefix("number ")):
            raise BadNote("This is not the text of a checkpoint.")
        try:
            at = datetime.fromisoformat(lines[4].removeprefix("at "))
        except ValueError as error:
            raise BadNote("The instant of the checkpoint cannot be read.") from error
        found = cls(
            origin=lines[0], size=int(lines[1]), root=unbase64(lines[2]), number=int(lines[3].removeprefix("number ")), at=at
        )  # fmt: skip
        if at.utcoffset() is None or len(found.root) != 32 or found.text() != text:
            raise BadNote("This is not the text of a checkpoint.")
        return found


@dataclass(frozen=True)
class Anchor:
    """The fingerprint of the checkpoint of a day: it binds the log and does not say how many entries it has."""

    origin: str
    day: date
    fingerprint: bytes

    def text(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin} day\n{self.day.isoformat()}\n{self.fingerprint.hex()}\n"

    @classmethod
    def read(cls, text: str) -> Anchor:
        """Return the anchor of a text."""
        lines = text.split("\n")
        try:
            found = cls(lines[0].removesuffix(" day"), date.fromisoformat(lines[1]), bytes.fromhex(lines[2]))
        except (IndexError, ValueError) as error:
            raise BadNote("This is not the text of an anchor.") from error
        if found.text() != text:
            raise BadNote("This is not the text of an anchor.")
        return found


def fingerprint(note: str) -> bytes:
    """Return the SHA-256 of a whole note, signature included."""
    return sha256(note.encode()).digest()


def instant(at: datetime) -> str:
    """Return an instant as the log writes it: UTC, to the microsecond, with a Z."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"

"""Files, part by part: each part of 8 MiB is a message of its own, sealed while it streams, opened alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from io import BytesIO

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from procurement.sealing.context import PartContext
from procurement.sealing.padding import PART_SIZE, padded_size, strip, trailer
from procurement.sealing.primitives import KEY
from procurement.sealing.problems import Unreadable

__all__ = [
    "PART_SIZE",
    "PartSealer",
    "new_file_key",
    "open_part",
    "open_pieces",
    "padded_size",
    "parts_of",
    "seal_part",
    "sealed_size",
]

_CHUNK, _TAG, _HEAD = 16 * 1024, 16, 56  # of Cobblestone: plaintext of a chunk, its tag, the head of a message
_STEP = 64 * 1024


def new_file_key() -> bytes:
    """Return the random key of one file; all its parts are sealed with it, each at its own place."""
    return secrets.token_bytes(KEY)


def parts_of(size: int) -> int:
    """Return in how many parts a file of `size` bytes is sealed; an empty file has one."""
    return max(-(-size // PART_SIZE), 1)


def sealed_size(size: int) -> int:
    """Return the size of the ciphertext of a whole file of `size` bytes, its padding included."""
    whole = (parts_of(size) - 1) * _message_size(PART_SIZE + 8)
    return whole + _message_size(padded_size(size) - (parts_of(size) - 1) * PART_SIZE + 8)


class PartSealer:
    """Seals one part while its bytes arrive; holds no more than a chunk of them.

    Every part but the last must be exactly 8 MiB long; the last one is filled up so that the size of the file is hidden.
    """

    def __init__(self, *, key: bytes, context: PartContext) -> None:
        """Begin the part at this place."""
        self._sealer = Cobblestone256Encryptor(key, context.bytes())
        self._context = context
        self._length = 0

    def update(self, plain: bytes | bytearray | memoryview) -> bytes:
        """Take more of the part and return the ciphertext that is ready; ValueError beyond 8 MiB."""
        self._length += len(plain)
        if self._length > PART_SIZE:
            raise ValueError("a part is at most 8 MiB")
        return self._sealer.update(plain)

    def finish(self) -> bytes:
        """Fill the part up and return the rest of the ciphertext; ValueError for a short part that is not the last."""
        if not self._context.last and self._length != PART_SIZE:
            raise ValueError("only the last part may be short")
        sealed = bytearray()
        missing = self._filled() - self._length
        while missing:
            zeros = bytes(min(missing, _STEP))
            sealed += self._sealer.update(zeros)
            missing -= len(zeros)
        return bytes(sealed + self._sealer.update(trailer(self._length)) + self._sealer.finalize())

    def _filled(self) -> int:
        if not self._context.last:
            return PART_SIZE
        before = self._context.part * PART_SIZE
        return padded_size(before + self._length) - before


def seal_part(plain: bytes | bytearray | memoryview, *, key: bytes, context: PartContext) -> bytes:
    """Return one part of a file sealed for its place; ValueError for a length that it cannot have.

    Holds the part three times for a moment; what must stay small seals with PartSealer as the bytes arrive.
    """
    sealer = PartSealer(key=key, context=context)
    view = memoryview(plain)
    sealed = [sealer.update(view[at : at + _STEP]) for at in range(0, len(view), _STEP)]
    return b"".join([*sealed, sealer.finish()])


def open_part(sealed: bytes, *, key: bytes, context: PartContext) -> bytes:
    """Return one part of a file; Unreadable for another key, file, part or place, or altered or cut bytes.

    It is opened step by step into one place: two parts in memory, the sealed one and the plain one, never more.
    """
    view = memoryview(sealed)
    return open_pieces((view[at : at + _STEP] for at in range(0, len(view), _STEP)), key=key, context=context)


def open_pieces(pieces: Iterable[bytes | memoryview], *, key: bytes, context: PartContext) -> bytes:
    """The same for a part that comes in pieces: who lets go of each holds the part once, half sealed and half plain."""
    plain = BytesIO()
    try:
        opener = Cobblestone256Decryptor(key, context.bytes())
        for piece in pieces:
            plain.write(opener.update(piece))
        plain.write(opener.finalize())
    except (InvalidTag, ValueError) as problem:
        raise Unreadable("body") from problem
    strip(plain)
    if not context.last and plain.tell() != PART_SIZE:
        raise Unreadable("padding")
    return plain.getvalue()


def _message_size(size: int) -> int:
    return _HEAD + size + _TAG * (size // _CHUNK + 1)

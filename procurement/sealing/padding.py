"""Sizes say little: what is sealed is filled up with zeros, and the real length stands in the last eight bytes inside."""

from __future__ import annotations

from io import BytesIO

from procurement.sealing.problems import Unreadable

STEP = 64 * 1024
PART_SIZE = 8 * 1024 * 1024
_TRAILER = 8


def padded_size(size: int) -> int:
    """Return the size to which a content of `size` bytes is filled up.

    Steps of 64 KiB up to 1 MiB, above Padmé (https://petsymposium.org/popets/2019/popets-2019-0056.php), with steps of
    at least 64 KiB and at most one part of 8 MiB: never more than 12 % and never a part longer than 8 MiB.
    """
    step = min(max(_padme_step(size), STEP), PART_SIZE)
    return max(-(-size // step) * step, STEP)


def padding_of(size: int) -> bytes:
    """Return what follows a content of `size` bytes that must be filled up."""
    return bytes(padded_size(size) - size) + trailer(size)


def trailer(size: int) -> bytes:
    """Return the real length as the last eight bytes carry it."""
    return size.to_bytes(_TRAILER, "big")


def stripped(padded: bytes) -> bytes:
    """Return the content without its padding; Unreadable("padding") unless length and zeros are exactly right."""
    size = int.from_bytes(padded[-_TRAILER:], "big")
    room = len(padded) - _TRAILER
    if not 0 <= size <= room or padded.count(0, size, room) != room - size:
        raise Unreadable("padding")
    return padded[:size]


def strip(padded: BytesIO) -> None:
    """Take the padding off in place and stand at the end of the content; refuses as `stripped` does."""
    view = padded.getbuffer()
    room = len(view) - _TRAILER
    size = int.from_bytes(view[-_TRAILER:], "big")
    zeros = 0 <= size <= room and all(not any(view[at : min(at + STEP, room)]) for at in range(size, room, STEP))
    view.release()
    if not zeros:
        raise Unreadable("padding")
    padded.truncate(size)
    padded.seek(size)


def _padme_step(size: int) -> int:
    if size < 2:
        return 1
    exponent = size.bit_length() - 1
    return 1 << max(exponent - exponent.bit_length(), 0)

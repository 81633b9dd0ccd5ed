"""Who can open the envelopes of a call, and how many of them it takes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from procurement.sealing.primitives import KEY

FEWEST, MOST = 2, 7
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class HolderKey:
    """The public half of a holder's key; `name` stays the same for the life of the call."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        """Refuse names that would not fit into the name of a subset, and keys of another length."""
        if not _NAME.fullmatch(self.name) or len(self.public) != KEY:
            raise ValueError("not a holder's key")

    @property
    def fingerprint(self) -> str:
        """Return what is published of the key: 64 hexadecimal digits."""
        return fingerprint(self.public)


@dataclass(frozen=True)
class Roster:
    """The key holders of a call and its quorum."""

    holders: tuple[HolderKey, ...]
    quorum: int

    def __post_init__(self) -> None:
        """Refuse anything but 2 <= quorum <= holders <= 7, and the same name or the same key twice."""
        count = len(self.holders)
        if not FEWEST <= self.quorum <= count <= MOST:
            raise ValueError("quorum and number of key holders do not fit")
        if len({h.name for h in self.holders}) != count or len({h.public for h in self.holders}) != count:
            raise ValueError("a key holder twice")


def fingerprint(public: bytes) -> str:
    """Return the SHA-256 of a public key in hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def subsets(names: tuple[str, ...], *, quorum: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every subset of `quorum` holders, in the order of the roster: its name and the names in it."""
    for chosen in combinations(names, quorum):
        yield "+".join(chosen), chosen

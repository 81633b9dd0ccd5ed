"""To what sealed bytes are bound: nothing opens at another place than the one it was sealed for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from procurement.sealing.canonical import canonical

FORMAT = "sealed-envelope/v1"
ENVELOPES = ("technical", "financial")
Kind = Literal["technical", "financial"]


@dataclass(frozen=True)
class Binding:
    """The place of a sealed envelope; `envelope` is technical or financial, `version` the number of the submission."""

    call: str
    application: str
    envelope: str
    version: int

    def __post_init__(self) -> None:
        """Refuse another kind of envelope and a version below 1."""
        if self.envelope not in ENVELOPES or self.version < 1:
            raise ValueError("no such envelope")

    def context(self, *purpose: str) -> bytes:
        """Return the bytes that bind one use of a key to this envelope."""
        return canonical([FORMAT, self.call, self.application, self.envelope, self.version, *purpose])


@dataclass(frozen=True)
class Context:
    """The place of something sealed under the applicant's own key; `subject` tells apart what has the same purpose."""

    call: str
    application: str
    purpose: str
    subject: str = ""

    def bytes(self) -> bytes:
        """Return the bytes that bind the seal to this place."""
        return canonical([FORMAT, self.call, self.application, "own", self.purpose, self.subject])


@dataclass(frozen=True)
class PartContext:
    """The place of one part of a file; parts count from 0, and the last one is told apart so that none can be cut off."""

    call: str
    application: str
    envelope: str
    file: str
    part: int
    last: bool

    def bytes(self) -> bytes:
        """Return the bytes that bind the part to this place."""
        place = [FORMAT, self.call, self.application, self.envelope, "file", self.file, self.part, self.last]
        return canonical(place)

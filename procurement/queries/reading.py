"""What an evaluator reads of one application: the pieces of its technical envelope, in the order of the requirements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procurement.enums import EnvelopeKind
from procurement.models import Application, Document, Requirement
from procurement.queries.envelopes import open_document, read_envelope
from procurement.queries.findings import has_virus
from procurement.queries.word_text import Text, Unreadable, word_text
from procurement.rules.files import MEDIA_TYPES

FRAMED = (MEDIA_TYPES["pdf"],)
PICTURES = ("image/jpeg", "image/png")
LARGEST_SHOWN = 16 * 1024 * 1024  # bytes of a Word file that is shown as text


@dataclass(frozen=True)
class Piece:
    """One document, or the applicant's note where there is no document. `key` names it in addresses: A3, then A3-2."""

    key: str
    requirement: Requirement
    note: str = ""
    document: Document | None = None
    others: bool = False  # the requirement has several documents

    @property
    def shown(self) -> str:
        """Return how it can be shown: frame, picture, text, or nothing of it."""
        if self.document is None or has_virus(self.document.findings):
            return ""
        media_type, size = self.document.media_type, self.document.size or 0
        if media_type in FRAMED:
            return "frame"
        if media_type in PICTURES:
            return "picture"
        return "text" if media_type == MEDIA_TYPES["docx"] and size <= LARGEST_SHOWN else ""


def pieces_of(application: Application, *, actor: Any, now: datetime) -> tuple[Piece, ...]:
    """Return the pieces that this person may read; refuses as `read_envelope` does."""
    opened = read_envelope(application, EnvelopeKind.TECHNICAL, actor=actor, now=now)
    by_requirement: dict[int, list[Document]] = {}
    for document in opened.documents:
        by_requirement.setdefault(document.requirement_id, []).append(document)
    notes: Mapping[str, str] = opened.content.get("notes") or {}
    pieces: list[Piece] = []
    for requirement in application.call.requirements.filter(envelope=EnvelopeKind.TECHNICAL):
        documents = by_requirement.get(requirement.pk, [])
        note = "" if requirement.personal else notes.get(requirement.code, "").strip()
        pieces += _of_requirement(requirement, documents, note)
    return tuple(pieces)


def _of_requirement(requirement: Requirement, documents: list[Document], note: str) -> list[Piece]:
    if not documents:
        return [Piece(requirement.code, requirement, note)] if note else []
    several = len(documents) > 1
    return [
        Piece(
            requirement.code if at == 1 else f"{requirement.code}-{at}",
            requirement,
            note if at == 1 else "",
            one,
            several,
        )
        for at, one in enumerate(documents, start=1)
    ]


def chosen(pieces: tuple[Piece, ...], key: str) -> Piece | None:
    """Return the piece of that name, else the first one."""
    return next((piece for piece in pieces if piece.key == key), pieces[0] if pieces else None)


def text_of(piece: Piece, *, actor: Any, now: datetime) -> Text | None:
    """Return the text of a Word document, None where it cannot be read; the reading is noted in the log."""
    if piece.document is None or piece.shown != "text":
        return None
    content = b"".join(open_document(piece.document, actor=actor, now=now))
    try:
        return word_text(lambda start, length: content[start : start + length], size=len(content))
    except Unreadable:
        return None

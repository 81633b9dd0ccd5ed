"""Which files may answer a requirement. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

FORMATS: Final = ("pdf", "docx", "odt", "xlsx", "jpg", "png")
ENDINGS: Final = {**{kind: kind for kind in FORMATS}, "jpeg": "jpg", "jpe": "jpg"}
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}


@dataclass(frozen=True)
class RoomFacts:
    """How many files answer a requirement, and how many may."""

    attached: int
    most_files: int


@dataclass(frozen=True)
class FileFacts:
    """A file and the requirement it answers. `kind` is what the bytes say, `ending` what the name says; sizes in bytes."""

    name: str
    ending: str
    kind: str
    size: int
    largest: int
    locked: bool
    damage: str
    formats: tuple[str, ...]
    attached: int
    most_files: int
    here_already: bool = False


ABOUT = "file"


def _known(f: FileFacts) -> bool:
    return f.kind in FORMATS


def _asked_for(f: FileFacts) -> bool:
    return _known(f) and (not f.formats or f.kind in f.formats)


def _named(f: FileFacts) -> dict[str, object]:
    return {"name": f.name}


NOT_EMPTY = Guard("FIL-01", _("“%(name)s” is empty: 0 bytes."), ABOUT, lambda f: f.size > 0, _named)
NOT_TOO_LARGE = Guard(
    "FIL-02",
    _("“%(name)s” is larger than %(largest)s MB."),
    ABOUT,
    lambda f: f.size <= f.largest,
    lambda f: {"name": f.name, "largest": f.largest // (1024 * 1024)},
)
NOT_LOCKED = Guard(
    "FIL-03",
    _("“%(name)s” is protected by a password or by restrictions: save it without protection, then send it again."),
    ABOUT,
    lambda f: not f.locked,
    _named,
)
SOUND = Guard(
    "FIL-04",
    _("“%(name)s” is damaged or packed in a way that cannot be opened safely: save it again, then send it."),
    ABOUT,
    lambda f: not f.damage,
    _named,
)
KNOWN = Guard(
    "FIL-05",
    _("“%(name)s” is none of the formats that can be read here: %(formats)s."),
    ABOUT,
    lambda f: _known(f) or f.size == 0 or f.locked or bool(f.damage),
    lambda f: {"name": f.name, "formats": [one.upper() for one in f.formats or FORMATS]},
)
WELL_NAMED = Guard(
    "FIL-06",
    _("“%(name)s” is a %(kind)s file under another ending: give it the ending .%(ending)s, then send it again."),
    ABOUT,
    lambda f: not _asked_for(f) or ENDINGS.get(f.ending) == f.kind,
    lambda f: {"name": f.name, "kind": f.kind.upper(), "ending": f.kind},
)
ASKED_FORMAT = Guard(
    "FIL-07",
    _("“%(name)s” is a %(kind)s file; this document is asked for as %(formats)s."),
    ABOUT,
    lambda f: not _known(f) or _asked_for(f),
    lambda f: {"name": f.name, "kind": f.kind.upper(), "formats": [one.upper() for one in f.formats]},
)
ROOM_LEFT = Guard(
    "FIL-08",
    _("%(most)s files at most answer this document: remove one first."),
    ABOUT,
    lambda f: f.attached < f.most_files,
    lambda f: {"most": f.most_files},
)
NOT_HERE = Guard(
    "FIL-09", _("“%(name)s” is attached here already, byte for byte."), ABOUT, lambda f: not f.here_already, _named
)

ACCEPTED = (NOT_EMPTY, NOT_TOO_LARGE, NOT_LOCKED, SOUND, KNOWN, WELL_NAMED, ASKED_FORMAT, ROOM_LEFT, NOT_HERE)

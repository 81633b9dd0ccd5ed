"""Names that applicants give their files: data to show and to save under, never a path. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 150  # characters, ending included
UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, overrides of direction, halves of characters
JOINERS: Final = "\u200c\u200d"  # needed inside Persian words and emoji
RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
FORBIDDEN: Final = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """Return the name without path, control or override characters, in NFC, at most 150 characters with its ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if c in JOINERS or unicodedata.category(c) not in UNSEEN)
    shown = FORBIDDEN.sub("-", " ".join(shown.split())).strip(" .-" + JOINERS)
    if RESERVED.match(shown):
        shown = f"_{shown}"
    return _shortened(shown) or "document"


def extension_of(name: str) -> str:
    """Return the ending of a name in small letters, without its point; empty when there is none."""
    _stem, point, ending = name.rpartition(".")
    return ending.lower() if point and _stem and len(ending) <= 10 else ""


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = extension_of(name)
    tail = f".{ending}" if ending else ""
    return name[: LONGEST - len(tail)].rstrip(" .") + tail

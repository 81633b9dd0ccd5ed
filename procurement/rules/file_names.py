"""Names that applicants give their files: data to show and to save under, never a path. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 150  # characters, ending included
MOST_BYTES: Final = 240  # in UTF-8: disks take 255, and a browser that saves it twice adds some
UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, overrides of direction, halves of characters
MOST_READ: Final = 4096  # characters of what was sent; the end says what it is
JOINERS: Final = "\u200c\u200d"  # needed inside Persian words and emoji
BLANKS: Final = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that are drawn as nothing
RESERVED: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)", re.IGNORECASE)
FORBIDDEN: Final = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """Return the name without path, control or override characters, in NFC, at most 150 characters with its ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name[-MOST_READ:]))[-1]
    shown = "".join(c for c in last if c in JOINERS or (unicodedata.category(c) not in UNSEEN and c not in BLANKS))
    shown = FORBIDDEN.sub("-", " ".join(shown.split())).strip(" .-" + JOINERS)
    if RESERVED.match(shown):
        shown = f"_{shown}"
    return _shortened(shown) or "document"


def extension_of(name: str) -> str:
    """Return the ending of a name in small letters, without its point; empty when there is none."""
    _stem, point, ending = name.rpartition(".")
    return ending.lower() if point and _stem and len(ending) <= 10 else ""


def _shortened(name: str) -> str:
    if len(name) <= LONGEST and len(name.encode()) <= MOST_BYTES:
        return name
    ending = extension_of(name)
    tail = f".{ending}" if ending else ""
    stem = name[: LONGEST - len(tail)].encode()[: MOST_BYTES - len(tail.encode())].decode(errors="ignore")
    return stem.rstrip(" .-" + JOINERS) + tail

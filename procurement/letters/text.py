"""Text made fit for paper: what XML cannot hold or a reader cannot see is taken out."""

import re

from procurement.letters.facts import Language

NBSP = "\u00a0"

# XML 1.0 cannot hold C0 controls, surrogates and non-characters; C1 controls print as nothing.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Embeddings, overrides and isolates turn "fdp.exe" round; the marks U+200E and U+200F stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NEW_LINE = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACE_BEFORE = re.compile(r" +(?=[:;?!%€»](?:\W|$))")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_SPACE_AFTER = re.compile(r"(?<=«) +")
_SPACES = re.compile(r"[ \t\n]+")


def clean(text: str) -> str:
    """Take out control characters, lone surrogates and direction overrides; unify new lines."""
    return _TURNING.sub("", _UNPRINTABLE.sub("", _NEW_LINE.sub("\n", text)))


def on_one_line(text: str) -> str:
    """A clean text without line ends or tabs, for titles, names and running heads."""
    return _SPACES.sub(" ", clean(text)).strip(" ")


def typeset(text: str, *, language: Language) -> str:
    """Make the spaces French typography asks for no-break; adds and removes no other character."""
    if language != "fr":
        return text
    for spaces in (_THOUSANDS, _SPACE_BEFORE, _SPACE_AFTER):
        text = spaces.sub(NBSP, text)
    return text

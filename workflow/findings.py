"""What was found inside a file, in words: those that warn, and those that are only said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WARNINGS: Final = {
    "controls": _("holds controls that start programs, which will not run here"),
    "dde": _("asks another program for content, which will not happen here"),
    "embedded_files": _("holds other files inside it"),
    "external_relations": _("refers to files elsewhere, which are not part of the application"),
    "forms_xfa": _("holds a dynamic form, which some readers do not show"),
    "goes_elsewhere": _("leads to another file, which is not part of the application"),
    "huge_page": _("has pages so large that some programs cannot show them"),
    "javascript": _("holds a script, which will not run here"),
    "launch": _("asks to start a program, which will not run here"),
    "macros": _("holds macros, which will not run here"),
    "media": _("holds film, sound or scenes, which are not shown here"),
    "odd_structure": _("is built in a way that some programs cannot read"),
    "programs": _("holds a program, which will not run here"),
    "submits": _("holds a form that sends what is typed to an address elsewhere"),
    "two_kinds": _("can be taken for another kind of file by some programs"),
}
NOTES: Final = {
    "acts_when_opened": _("asks to do something when it is opened"),
    "links": _("holds links to addresses elsewhere"),
    "partly_seen": _("could not be looked through entirely"),
}
NOT_SCANNED, TOO_LARGE_TO_SCAN, VIRUS = "not_scanned", "too_large_to_scan", "virus:"
SCANNED: Final = {
    NOT_SCANNED: _("was not looked at by the virus scanner, which did not answer; it is looked at later"),
    TOO_LARGE_TO_SCAN: _("is larger than the virus scanner takes, and was not looked at by it"),
}


def words_for(findings: Iterable[str], *, warnings: Mapping[str, Any] = WARNINGS) -> list[str]:
    """Return a few words for each finding that has some, those that warn first; a virus before all."""
    codes = list(findings)
    said = [str(words[code]) for words in (warnings, SCANNED, NOTES) for code in codes if code in words]
    return [_virus_words(code) for code in codes if code.startswith(VIRUS)] + said


def has_virus(findings: Iterable[str]) -> bool:
    """Tell whether a virus scanner knew something in the file."""
    return any(code.startswith(VIRUS) for code in findings)


def _virus_words(code: str) -> str:
    return gettext("holds something that the virus scanner knows as “%(name)s”") % {"name": code.removeprefix(VIRUS)}

"""What was found inside a document of an application, in words; also in one that nobody saw before the opening."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from workflow import findings as seen
from workflow.findings import NOT_SCANNED, NOTES, SCANNED, TOO_LARGE_TO_SCAN, VIRUS, has_virus

__all__ = [
    "NOTES",
    "NOT_SCANNED",
    "SCANNED",
    "TOO_LARGE_TO_SCAN",
    "VIRUS",
    "WARNINGS",
    "has_virus",
    "warnings_for",
    "words_for",
]

WARNINGS: Final = seen.WARNINGS | {  # of files that were sealed in a browser, whose kind nobody saw before the opening
    "FIL-01": _("is empty"),
    "FIL-03": _("is protected by a password or by restrictions"),
    "FIL-04": _("is damaged, or packed in a way that cannot be opened safely"),
    "FIL-05": _("is none of the formats that can be read here"),
    "FIL-06": _("is of another format than its ending says"),
    "FIL-07": _("is not in a format that was asked for"),
}


def words_for(findings: Iterable[str]) -> list[str]:
    """Return a few words for each finding that has some, those that warn first; a virus before all."""
    return seen.words_for(findings, warnings=WARNINGS)


def warnings_for(findings: Iterable[str]) -> list[str]:
    """Return the words of those findings that belong into a report: what many good files have is left out."""
    return words_for(code for code in findings if code not in NOTES)

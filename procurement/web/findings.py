"""What was found inside a file, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "embedded_files": _("holds other files inside it"),
    "external_relations": _("refers to files elsewhere, which are not part of the application"),
    "forms_xfa": _("holds a dynamic form, which some readers do not show"),
    "javascript": _("holds a script, which will not run here"),
    "launch": _("asks to start a program, which will not run here"),
    "macros": _("holds macros, which will not run here"),
}


def words_for(findings: list[str]) -> list[str]:
    """Return a few words for each finding that has some."""
    return [str(WORDS[code]) for code in findings if code in WORDS]

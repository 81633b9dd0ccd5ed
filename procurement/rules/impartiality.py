"""The declaration of impartiality and confidentiality, for a known list of applicants (PRAG annex a3). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

STATEMENT_MINIMUM = 20  # characters


@dataclass(frozen=True)
class ImpartialityFacts:
    """One member before one list; `named` counts the applications with which a conflict is declared."""

    list_known: bool
    over: bool
    accepted: bool
    declared: bool
    conflict: bool = False
    named: int = 0
    unknown: int = 0
    statement_length: int = 0


ABOUT = "impartiality"
LIST_KNOWN = Guard(
    "IMP-01",
    _("The list of applicants is not known yet: the envelopes have not been opened."),
    ABOUT,
    lambda f: f.list_known,
)
NOT_OVER = Guard("IMP-02", _("This call has ended."), ABOUT, lambda f: not f.over)
ACCEPTED = Guard("IMP-03", _("Accept your appointment to the committee first."), ABOUT, lambda f: f.accepted)
NOT_DECLARED = Guard(
    "IMP-04", _("You have declared your impartiality for this list."), ABOUT, lambda f: not f.declared or f.conflict
)
NAMED = Guard(
    "IMP-05",
    _("Say with which applications you have a conflict of interest."),
    ABOUT,
    lambda f: not f.conflict or (f.named > 0 and f.unknown == 0),
)
EXPLAINED = Guard(
    "IMP-06",
    _("Describe the conflict of interest in at least %(minimum)s characters."),
    ABOUT,
    lambda f: not f.conflict or f.statement_length >= STATEMENT_MINIMUM,
    lambda f: {"minimum": STATEMENT_MINIMUM},
)

DECLARE = (LIST_KNOWN, NOT_OVER, ACCEPTED, NOT_DECLARED, NAMED, EXPLAINED)

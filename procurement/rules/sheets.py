"""When a score sheet may be written and signed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet holds: codes of criteria that lack a mark, exceed their maximum, or lack a comment.

    `heard`: the interview took place, or the sheet is of another stage. `marks_shared`: the panel sees each other's marks.
    """

    stage_open: bool
    seated: bool
    declared: bool
    signed: bool
    heard: bool
    marks_shared: bool
    unmarked: tuple[str, ...]
    too_high: tuple[str, ...]
    uncommented: tuple[str, ...]
    comment_minimum: int


ABOUT = "sheet"
STAGE = Guard("SHT-01", _("The evaluation of this stage is not open."), ABOUT, lambda f: f.stage_open)
SEATED = Guard("SHT-02", _("You no longer sit on this committee."), ABOUT, lambda f: f.seated)
DECLARED = Guard("SHT-03", _("Declare your impartiality for this list first."), ABOUT, lambda f: f.declared)
NOT_SIGNED = Guard("SHT-04", _("This sheet is signed: its marks are final."), ABOUT, lambda f: not f.signed)
MARKED = Guard(
    "SHT-05",
    _("These criteria have no mark: %(codes)s."),
    ABOUT,
    lambda f: not f.unmarked,
    lambda f: {"codes": f.unmarked},
)
WITHIN = Guard(
    "SHT-06",
    _("These marks are above the maximum of the criterion: %(codes)s."),
    ABOUT,
    lambda f: not f.too_high,
    lambda f: {"codes": f.too_high},
)
COMMENTED = Guard(
    "SHT-07",
    _("These marks need a comment of at least %(minimum)s characters: %(codes)s."),
    ABOUT,
    lambda f: not f.uncommented,
    lambda f: {"codes": f.uncommented, "minimum": f.comment_minimum},
)

HEARD = Guard("SHT-09", _("The interview has not taken place yet."), ABOUT, lambda f: f.heard)
NOT_SHARED = Guard(
    "SHT-10",
    _("The marks have been shared inside the panel: sheets stay as they are, the consensus is written beside them."),
    ABOUT,
    lambda f: not f.marks_shared,
)

WRITE = (STAGE, SEATED, DECLARED, NOT_SIGNED)
SIGN = (STAGE, SEATED, DECLARED, HEARD, MARKED, WITHIN, COMMENTED)
REOPEN = (NOT_SHARED,)


@dataclass(frozen=True)
class MarkFacts:
    """One mark as typed, None while it is not given; `maximum` None: the criterion is not marked on this sheet."""

    code: str
    mark: Decimal | None
    maximum: Decimal | None


MARK = (
    Guard(
        "SHT-08",
        _("%(code)s: a mark lies between 0 and %(maximum)s."),
        "mark",
        lambda f: f.mark is None or f.maximum is None or 0 <= f.mark <= f.maximum,
        lambda f: {"code": f.code, "maximum": f.maximum},
    ),
    Guard(
        "SHT-11", _("%(code)s is not marked here."), "mark", lambda f: f.maximum is not None, lambda f: {"code": f.code}
    ),
)

"""When a draft may be written. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class DraftFacts:
    """Where the call is, and whether somebody saved the same part since the writer opened it."""

    state: str
    seen: str = ""
    saved: str = ""


@dataclass(frozen=True)
class CodesFacts:
    """The codes given to the rows of one table."""

    codes: tuple[str, ...]

    @property
    def doubled(self) -> tuple[str, ...]:
        """Return the codes that come more than once, in order."""
        return tuple(dict.fromkeys(code for code in self.codes if self.codes.count(code) > 1))


ABOUT = "draft"
IS_DRAFT = Guard(
    "DRF-01", _("This call is no longer a draft: take it back to change it."), ABOUT, lambda f: f.state == "draft"
)
NOT_CHANGED_MEANWHILE = Guard(
    "DRF-02", _("This part was saved from elsewhere meanwhile. What you typed is still on this page: compare it, then save again to replace what was saved."),
    ABOUT, lambda f: not f.seen or f.seen == f.saved,
)  # fmt: skip
CODES_ONCE = Guard(
    "DRF-03", _("These codes are used more than once: %(codes)s."), ABOUT,
    lambda f: not f.doubled, lambda f: {"codes": f.doubled},
)  # fmt: skip
REFERENCE_FREE = Guard("DRF-04", _("Another call already bears this reference."), ABOUT, lambda free: free)

WRITE = (IS_DRAFT, NOT_CHANGED_MEANWHILE)
CODES = (CODES_ONCE,)
REFERENCE = (REFERENCE_FREE,)

"""The financial envelope that is sealed in a browser: what may be kept of it, and what may be submitted. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class PlaceFacts:
    """Where the financial envelope is sealed, and what a browser sends to be kept of it."""

    in_browser: bool
    may_choose: bool = False
    same_code: bool = True
    small: bool = True


@dataclass(frozen=True)
class SealingFacts:
    """A financial envelope that comes with a submission, or does not; `reason` says what is wrong with it."""

    in_browser: bool
    brought: bool
    sealed: int = 0
    next: int = 0
    reason: str = ""


FRESH = Guard(
    "BRO-01",
    _("This envelope was sealed as submission number %(sealed)s, and the next one is number %(next)s: seal it again."),
    "sealing",
    lambda f: f.sealed == f.next,
    lambda f: {"sealed": f.sealed, "next": f.next},
)
WHOLE = Guard(
    "BRO-02",
    _("The envelope that your browser sealed cannot be taken (%(reason)s): load the page again, then submit."),
    "sealing",
    lambda f: not f.reason,
    lambda f: {"reason": f.reason},
)
SEALED_THERE = Guard(
    "BRO-03",
    _("The price of this application is sealed in your browser: submit it from a page whose script can run."),
    "sealing",
    lambda f: f.in_browser == f.brought,
)
IN_BROWSER = Guard(
    "BRO-04",
    _("The price of this application is sealed in your browser, and nothing of it is taken here as plain text."),
    "place",
    lambda f: not f.in_browser,
)
BY_SERVICE = Guard(
    "BRO-05",
    _("The price of this application is sealed by the service: choose first to seal it in your browser."),
    "place",
    lambda f: f.in_browser,
)
OFFERED = Guard(
    "BRO-06",
    _("This call says where the price is sealed: there is nothing to choose."),
    "place",
    lambda f: f.may_choose,
)
SAME_CODE = Guard(
    "BRO-07",
    _("This was sealed with another code than what is kept here: nothing was overwritten."),
    "place",
    lambda f: f.same_code,
)
SMALL = Guard(
    "BRO-08",
    _("This is more than a price form and a list of files can be: nothing was kept."),
    "place",
    lambda f: f.small,
)

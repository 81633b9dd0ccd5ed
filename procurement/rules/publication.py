"""When a draft may be reviewed, approved, published, suspended and resumed. Pure: facts in, verdict out."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from procurement.rules.deadlines import full_days_between, is_plain
from procurement.rules.draft_facts import PublicationFacts
from workflow.guards import Guard
from workflow.guards import gettext_noop as _

F = PublicationFacts
REQUIRED_DATES = {"deadline", "opening", "decision"}


def _missing_dates(f: F) -> tuple[str, ...]:
    needed = REQUIRED_DATES | ({"financial opening"} if f.two_envelopes else set())
    return tuple(name for name, moment in f.dates if moment is None and name in needed)


def _out_of_order(f: F) -> tuple[str, str] | None:
    known = [(name, moment) for name, moment in f.dates if moment is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second <= first:
            return earlier, later
    return None


def _order_names(f: F) -> dict[str, Any]:
    earlier, later = _out_of_order(f) or ("", "")
    return {"earlier": earlier, "later": later}


def _untitled(f: F) -> tuple[str, ...]:
    return tuple(c.code for c in f.criteria if not c.titled or c.maximum is None or c.maximum <= 0)


def _parts_that_differ(f: F) -> tuple[str, ...]:
    return tuple(
        c.code
        for c in f.criteria
        if c.children and sum((part or Decimal(0) for part in c.children), Decimal(0)) != c.maximum
    )


def _minima_too_high(f: F) -> tuple[str, ...]:
    return tuple(c.code for c in f.criteria if c.minimum is not None and c.minimum > (c.maximum or Decimal(0)))


def _in_hundredths(f: F, weight: Decimal) -> Decimal:
    """Return a weight as the page of the rules shows it: out of a hundred, whether it is kept as a share or as points."""
    return (weight * 100 / f.weights_total).normalize()


def _full_days(f: F) -> int:
    return full_days_between(start=f.starts_at, end=f.deadline, zone=f.zone) if f.deadline else 0


def _odd_hours(f: F) -> tuple[str, ...]:
    return tuple(name for name, moment in f.dates if moment and not is_plain(moment=moment, zone=f.zone))


ABOUT = "publication"
TEXTS = Guard(
    "PUB-01",
    _("These texts are still missing: %(missing)s."),
    ABOUT,
    lambda f: not f.missing_texts,
    lambda f: {"missing": f.missing_texts},
)
CEILING = Guard(
    "PUB-02",
    _("Say how the ceiling applies, and give its amount."),
    ABOUT,
    lambda f: bool(f.ceiling_mode) and f.ceiling_amount is not None,
)
CRITERIA = Guard("PUB-03", _("Add at least one criterion."), ABOUT, lambda f: bool(f.criteria))
CRITERIA_FILLED = Guard(
    "PUB-04",
    _("These criteria have no title or no maximum: %(codes)s."),
    ABOUT,
    lambda f: not _untitled(f),
    lambda f: {"codes": _untitled(f)},
)
MAXIMA = Guard(
    "PUB-05",
    _("The maxima of the criteria add up to %(total)s; they must add up to %(expected)s."),
    ABOUT,
    lambda f: f.total == _expected_total(f),
    lambda f: {"total": f.total, "expected": _expected_total(f)},
)
PARTS = Guard(
    "PUB-06",
    _("The parts of %(codes)s do not add up to its maximum."),
    ABOUT,
    lambda f: not _parts_that_differ(f),
    lambda f: {"codes": _parts_that_differ(f)},
)
MINIMA = Guard(
    "PUB-07",
    _("The minimum is above the maximum for: %(codes)s."),
    ABOUT,
    lambda f: not _minima_too_high(f),
    lambda f: {"codes": _minima_too_high(f)},
)
WEIGHTS = Guard(
    "PUB-08",
    _("The technical and financial weights add up to %(total)s; they must add up to %(expected)s."),
    ABOUT,
    lambda f: f.technical_weight + f.financial_weight == f.weights_total,
    lambda f: {"total": _in_hundredths(f, f.technical_weight + f.financial_weight), "expected": Decimal(100)},
)
THRESHOLD = Guard(
    "PUB-09",
    _("The threshold (%(threshold)s) is above the total of the criteria (%(total)s)."),
    ABOUT,
    lambda f: Decimal(0) <= f.threshold <= f.total,
    lambda f: {"threshold": f.threshold, "total": f.total},
)
REQUIREMENTS = Guard(
    "PUB-10",
    _("Each envelope needs at least one required document."),
    ABOUT,
    lambda f: f.technical_requirements > 0 and (f.financial_requirements > 0 or not f.two_envelopes),
)
DATES = Guard(
    "PUB-11",
    _("These dates are missing: %(missing)s."),
    ABOUT,
    lambda f: not _missing_dates(f),
    lambda f: {"missing": _missing_dates(f)},
)
ORDER = Guard(
    "PUB-12",
    _("The dates are out of order: “%(later)s” must come after “%(earlier)s”."),
    ABOUT,
    lambda f: _out_of_order(f) is None,
    _order_names,
)
HOURS = Guard(
    "PUB-13",
    _("The clocks change at that hour: choose another hour for %(names)s."),
    ABOUT,
    lambda f: not _odd_hours(f),
    lambda f: {"names": _odd_hours(f)},
)
COMMITTEE = Guard(
    "PUB-14",
    _("The committee needs one chair and one secretary."),
    ABOUT,
    lambda f: f.seats.count("chair") == 1 and f.seats.count("secretary") == 1,
)
VOTING = Guard(
    "PUB-15",
    _(
        "The committee has %(voting)s evaluators; the rules ask for at least %(minimum)s, and an odd number where they say so."
    ),
    ABOUT,
    lambda f: f.voting >= f.minimum_voting and (f.voting % 2 == 1 or not f.odd_voting),
    lambda f: {"voting": f.voting, "minimum": f.minimum_voting},
)
HOLDERS = Guard(
    "PUB-16",
    _("Name more key holders: the quorum is %(quorum)s and at least two must be needed; there are %(holders)s."),
    ABOUT,
    lambda f: 2 <= f.quorum <= f.key_holders <= 7,
    lambda f: {"quorum": f.quorum, "holders": f.key_holders},
)
PAYMENTS = Guard(
    "PUB-17",
    _("The payments of the deliverables add up to %(total)s %%; they must add up to 100 %%."),
    ABOUT,
    lambda f: not f.payments or sum(f.payments) == 100,
    lambda f: {"total": sum(f.payments)},
)
TIME_TO_APPLY = Guard(
    "PUB-18",
    _("The deadline leaves %(days)s full days; the rules ask for at least %(minimum)s calendar days."),
    ABOUT,
    lambda f: f.deadline is None or _full_days(f) >= f.minimum_days,
    lambda f: {"days": _full_days(f), "minimum": f.minimum_days},
)
CONFIRMED = Guard(
    "PUB-19",
    _("These key holders have not made and confirmed their key yet: %(names)s."),
    ABOUT,
    lambda f: not f.unconfirmed_holders,
    lambda f: {"names": f.unconfirmed_holders},
)
NOTICE_READY = Guard("PUB-20", _("The notice is still being prepared in Word."), ABOUT, lambda f: f.notice_ready)
NOT_PAST = Guard(
    "PUB-21", _("The deadline is not in the future."), ABOUT, lambda f: f.deadline is None or f.deadline > f.now
)
COLLECTING = Guard(
    "PUB-22",
    _("The deadline has passed: the collection can no longer be suspended."),
    ABOUT,
    lambda f: f.latest_deadline is not None and f.now < f.latest_deadline,
)
EXPLAINED = Guard(
    "PUB-24", _("These rules differ from the rule set: give the reason for each of them (%(names)s)."), ABOUT,
    lambda f: not f.unexplained, lambda f: {"names": f.unexplained},
)  # fmt: skip


def _expected_total(f: F) -> Decimal:
    return Decimal(100) if f.weights_total == 1 else f.technical_weight


def _least_deadline(f: F) -> datetime | None:
    if f.latest_deadline is None or f.suspended_at is None:
        return None
    return f.latest_deadline + max(f.now - f.suspended_at, timedelta(0))


LONG_ENOUGH = Guard(
    "PUB-23",
    _("Give back at least the suspended time: the new deadline must be after %(least)s."),
    ABOUT,
    lambda f: f.deadline is not None and (_least_deadline(f) or f.now) <= f.deadline,
    lambda f: {"least": (_least_deadline(f) or f.now).astimezone(ZoneInfo(f.zone))},
)

COMPLETE = [
    TEXTS, CEILING, CRITERIA, CRITERIA_FILLED, MAXIMA, PARTS, MINIMA, WEIGHTS, THRESHOLD, EXPLAINED, REQUIREMENTS, DATES, ORDER,
    HOURS, PAYMENTS, COMMITTEE, VOTING, HOLDERS, TIME_TO_APPLY, NOT_PAST,
]  # fmt: skip
PUBLISHABLE = [TIME_TO_APPLY, NOT_PAST, CONFIRMED, NOTICE_READY]
SUSPENDABLE = [COLLECTING]
RESUMABLE = [LONG_ENOUGH]

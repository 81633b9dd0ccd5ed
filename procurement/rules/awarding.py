"""Ranking, award, letters, standstill, contract, and the two other ends of a call. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

REASON_MINIMUM = 20


@dataclass(frozen=True)
class AwardFacts:
    """What the end of a call depends on. `run_*` speak of the latest run of the engine."""

    now: datetime
    state: str
    two_envelopes: bool
    opened: bool
    prices_opened: bool
    in_race: tuple[str, ...]
    without_price: tuple[str, ...]
    run_exists: bool
    run_covers: bool
    run_winner: str
    run_ties: tuple[str, ...]
    report_ready: bool
    report_unsigned: tuple[str, ...]
    decision_for: str
    decision_ready: bool
    letters: int
    missing_letters: tuple[str, ...]
    unread_letters: tuple[str, ...]
    unsent_letters: tuple[str, ...]
    standstill_until: datetime | None
    standstill_label: str
    contract_recorded: bool
    index_ready: bool
    cancellation_requested: bool


ABOUT = "award"
PRICES_OPENED = Guard(
    "AWD-01",
    _("The financial envelopes have not been opened."),
    ABOUT,
    lambda f: f.prices_opened or not f.two_envelopes,
)
SOMEBODY_LEFT = Guard("AWD-02", _("No application is left in the race."), ABOUT, lambda f: bool(f.in_race))
PRICES_GIVEN = Guard(
    "AWD-03",
    _("These applications state no price: %(labels)s."),
    ABOUT,
    lambda f: not f.two_envelopes or not f.without_price,
    lambda f: {"labels": f.without_price},
)
RUN_CURRENT = Guard(
    "AWD-04",
    _("The ranking does not cover exactly the applications still in the race: run it again."),
    ABOUT,
    lambda f: f.run_exists and f.run_covers,
)
NO_TIE = Guard(
    "AWD-05",
    _("A tie is not resolved by the declared rules: %(ties)s. Record the draw before you propose."),
    ABOUT,
    lambda f: not f.run_ties and bool(f.run_winner),
    lambda f: {"ties": f.run_ties},
)
REPORT_READY = Guard("AWD-06", _("Write the evaluation report first."), ABOUT, lambda f: f.report_ready)
REPORT_SIGNED = Guard(
    "AWD-07",
    _("The evaluation report waits for the signature of: %(names)s."),
    ABOUT,
    lambda f: not f.report_unsigned,
    lambda f: {"names": f.report_unsigned},
)
FIRST_OF_RANKING = Guard(
    "AWD-08",
    _("The award must go to the first of the ranking, %(winner)s."),
    ABOUT,
    lambda f: bool(f.decision_for) and f.decision_for == f.run_winner,
    lambda f: {"winner": f.run_winner},
)
LETTERS_WRITTEN = Guard("AWD-09", _("The letters have not been written."), ABOUT, lambda f: f.letters > 0)
LETTERS_READ = Guard(
    "AWD-10",
    _("These letters have not been read and approved: %(labels)s."),
    ABOUT,
    lambda f: not f.unread_letters,
    lambda f: {"labels": f.unread_letters},
)
LETTERS_SENT = Guard(
    "AWD-11",
    _("These letters have not left yet: %(labels)s."),
    ABOUT,
    lambda f: not f.unsent_letters,
    lambda f: {"labels": f.unsent_letters},
)
STANDSTILL_PAST = Guard(
    "AWD-12",
    _("The standstill runs until %(until)s."),
    ABOUT,
    lambda f: f.standstill_until is not None and f.now >= f.standstill_until,
    lambda f: {"until": f.standstill_label},
)
CONTRACT_RECORDED = Guard(
    "AWD-13",
    _("Record the contract first: its date, its amount and the signed file."),
    ABOUT,
    lambda f: f.contract_recorded,
)
INDEX_READY = Guard("AWD-14", _("The index of the file is still being written."), ABOUT, lambda f: f.index_ready)
NOBODY_LEFT = Guard(
    "AWD-15",
    _("Applications are still in the race: %(labels)s."),
    ABOUT,
    lambda f: not f.in_race,
    lambda f: {"labels": f.in_race},
)
OPENED = Guard(
    "AWD-17", _("Open the envelopes first: until then nobody knows whether anybody applied."), ABOUT, lambda f: f.opened
)
NOBODY_FORGOTTEN = Guard(
    "AWD-18",
    _("These applicants have no letter: %(labels)s."),
    ABOUT,
    lambda f: not f.missing_letters,
    lambda f: {"labels": f.missing_letters},
)
TWO_PERSONS = Guard(
    "AWD-16",
    _("Another person must first ask for the cancellation, with a reason."),
    ABOUT,
    lambda f: f.cancellation_requested,
)

RANKABLE = [PRICES_OPENED, SOMEBODY_LEFT, PRICES_GIVEN]
REPORTABLE = (RUN_CURRENT,)
PROPOSABLE = [RUN_CURRENT, NO_TIE, REPORT_READY, REPORT_SIGNED]
DECIDABLE = [RUN_CURRENT, NO_TIE, FIRST_OF_RANKING]
NOTIFIED = [LETTERS_WRITTEN, NOBODY_FORGOTTEN, LETTERS_READ, LETTERS_SENT]
STANDSTILL_OVER = [STANDSTILL_PAST]
CONTRACTABLE = [CONTRACT_RECORDED]
ARCHIVABLE = [INDEX_READY]
UNSUCCESSFUL = [OPENED, NOBODY_LEFT]
CANCELLABLE = [TWO_PERSONS]

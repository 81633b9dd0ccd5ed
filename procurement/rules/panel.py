"""The committee's work: impartiality, compliance, blind sheets, interviews, consensus, signatures. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class PanelFacts:
    """Where the panel stands. Sets are compared with what is expected, never with the rows that exist."""

    now: datetime
    voting: int
    minimum_voting: int
    undeclared: tuple[str, ...]
    opening_report_ready: bool
    opening_report_unsigned: tuple[str, ...]
    undecided_items: tuple[str, ...]
    open_requests: tuple[str, ...]
    undecided_applications: tuple[str, ...]
    compliant: int
    missing_file_sheets: tuple[str, ...]
    interview_configured: bool
    interview_held: bool
    invited: int
    missing_interview_sheets: tuple[str, ...]
    unsettled: tuple[str, ...]
    technical_report_ready: bool
    technical_report_unsigned: tuple[str, ...]
    technical_report_outdated: bool


ABOUT = "panel"
MOST_NAMED = 20  # of a long list, a sentence names the first


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) <= MOST_NAMED else (*names[:MOST_NAMED], "…")


DECLARED = Guard(
    "PAN-01",
    _("These members have not declared their impartiality for this list: %(names)s."),
    ABOUT,
    lambda f: not f.undeclared,
    lambda f: {"names": f.undeclared},
)
REPORT_READY = Guard("PAN-02", _("The opening report is still being written."), ABOUT, lambda f: f.opening_report_ready)
REPORT_SIGNED = Guard(
    "PAN-03",
    _("The opening report waits for the signature of: %(names)s."),
    ABOUT,
    lambda f: not f.opening_report_unsigned,
    lambda f: {"names": f.opening_report_unsigned},
)
ENOUGH = Guard(
    "PAN-04",
    _("The committee has %(voting)s evaluators; at least %(minimum)s are needed: appoint a replacement."),
    ABOUT,
    lambda f: f.voting >= f.minimum_voting,
    lambda f: {"voting": f.voting, "minimum": f.minimum_voting},
)
ITEMS_DECIDED = Guard(
    "PAN-05",
    _("These applications have documents still to check: %(labels)s."),
    ABOUT,
    lambda f: not f.undecided_items,
    lambda f: {"labels": _few(f.undecided_items)},
)
WINDOWS_CLOSED = Guard(
    "PAN-06",
    _("The time to complete the file is still running for: %(labels)s."),
    ABOUT,
    lambda f: not f.open_requests,
    lambda f: {"labels": _few(f.open_requests)},
)
APPLICATIONS_DECIDED = Guard(
    "PAN-07",
    _("Say whether these applications are compliant: %(labels)s."),
    ABOUT,
    lambda f: not f.undecided_applications,
    lambda f: {"labels": _few(f.undecided_applications)},
)
SOMEBODY_COMPLIANT = Guard("PAN-08", _("No application is compliant."), ABOUT, lambda f: f.compliant > 0)
FILE_SHEETS = Guard(
    "PAN-09",
    _("These score sheets are not signed: %(missing)s."),
    ABOUT,
    lambda f: not f.missing_file_sheets,
    lambda f: {"missing": _few(f.missing_file_sheets)},
)
INTERVIEW_CONFIGURED = Guard("PAN-10", _("This call has no interview."), ABOUT, lambda f: f.interview_configured)
INTERVIEW_ONCE = Guard("PAN-11", _("The interviews have been held."), ABOUT, lambda f: not f.interview_held)
SOMEBODY_INVITED = Guard(
    "PAN-12", _("No application reaches the mark from which it is invited."), ABOUT, lambda f: f.invited > 0
)
INTERVIEW_SHEETS = Guard(
    "PAN-13",
    _("These interview sheets are not signed: %(missing)s."),
    ABOUT,
    lambda f: not f.missing_interview_sheets,
    lambda f: {"missing": _few(f.missing_interview_sheets)},
)
INTERVIEWS_HELD = Guard(
    "PAN-14",
    _("The interviews of this call have not been held."),
    ABOUT,
    lambda f: f.interview_held or not f.interview_configured or f.invited == 0,
)
SETTLED = Guard(
    "PAN-15",
    _("The consensus is not settled for: %(labels)s."),
    ABOUT,
    lambda f: not f.unsettled,
    lambda f: {"labels": _few(f.unsettled)},
)
TECHNICAL_READY = Guard("PAN-16", _("Write the technical report first."), ABOUT, lambda f: f.technical_report_ready)
TECHNICAL_UNSIGNED = Guard(
    "PAN-17",
    _("The technical report waits for the signature of: %(names)s."),
    ABOUT,
    lambda f: not f.technical_report_unsigned,
    lambda f: {"names": f.technical_report_unsigned},
)
TECHNICAL_CURRENT = Guard(
    "PAN-18",
    _("A consensus was settled or a member left after the technical report was written: write it again."),
    ABOUT,
    lambda f: not f.technical_report_outdated,
)

COMPLIANCE = [DECLARED, ENOUGH, REPORT_READY, REPORT_SIGNED]
EVALUATION = [DECLARED, ENOUGH, ITEMS_DECIDED, WINDOWS_CLOSED, APPLICATIONS_DECIDED, SOMEBODY_COMPLIANT]
CONSENSUS = [ENOUGH, FILE_SHEETS]
INTERVIEW = [INTERVIEW_CONFIGURED, INTERVIEW_ONCE, SOMEBODY_INVITED]
INTERVIEWED = [ENOUGH, INTERVIEW_SHEETS]
TECHNICAL_REPORT = (ENOUGH, FILE_SHEETS, INTERVIEWS_HELD, INTERVIEW_SHEETS, SETTLED)
TECHNICAL_SIGNED = [*TECHNICAL_REPORT, TECHNICAL_READY, TECHNICAL_CURRENT, TECHNICAL_UNSIGNED]

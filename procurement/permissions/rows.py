"""Who may do what on an application, a sheet, a letter or a paper: their owners, and those of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.enums import OrganisationKind, Role
from procurement.enums import AFTER_AWARD, AFTER_DISCLOSURE, CallState, PaperKind, Seat, SheetState, Stage
from procurement.permissions.calls import CLOCK, LEADERS, has_declared, has_role, is_officer, work_on_call
from procurement.permissions.seats import has_seat
from workflow.guards import same_for_file

if TYPE_CHECKING:
    from procurement.models import Call

SIGNERS = {
    PaperKind.OPENING_REPORT: LEADERS,
    PaperKind.FINANCIAL_OPENING_REPORT: LEADERS,
    PaperKind.COMPLIANCE_GRID: LEADERS,
    PaperKind.TECHNICAL_REPORT: (*LEADERS, Seat.EVALUATOR),
    PaperKind.EVALUATION_REPORT: (*LEADERS, Seat.EVALUATOR),
}


def sign_paper(paper: Any, user: Any) -> bool:
    """The seats that answer for a kind of paper; nobody signs for another."""
    seats = SIGNERS.get(paper.kind, ())
    return bool(seats) and has_seat(paper.call, user, *seats)


def apply_for(organisation: Any, user: Any) -> bool:
    """Anybody with an account for themselves; for a firm, those who represent it."""
    if user is None or not user.is_authenticated:
        return False
    return organisation is None or bool(
        organisation.kind == OrganisationKind.FIRM
        and organisation.memberships.filter(user=user, role=Role.REPRESENTATIVE, ended_at=None).exists()
    )


def own_application(application: Any, user: Any) -> bool:
    """The person who applies, or a representative of the firm that does."""
    if user is None or not user.is_authenticated:
        return False
    if application.organisation_id:
        return bool(
            application.organisation.memberships.filter(user=user, role=Role.REPRESENTATIVE, ended_at=None).exists()
        )
    return bool(application.user_id == user.pk)


@same_for_file
def by_the_procedure(application: Any, user: Any) -> bool:
    """Moves of an application that follow from an act on its call: the act's own permission was checked there."""
    return bool(user is CLOCK or work_on_call(application.call, user))


def own_sheet(sheet: Any, user: Any) -> bool:
    """An evaluator fills and signs nobody's sheet but their own; the rules ask whether the seat still lasts."""
    return bool(user is not None and sheet.member.user_id == user.pk)


def reopen_sheet(sheet: Any, user: Any) -> bool:
    """Only the chair reopens a signed sheet; the old one is kept."""
    return has_seat(sheet.call, user, Seat.CHAIR)


def void_sheet(sheet: Any, user: Any) -> bool:
    """The chair or the officer when they end a seat; the author, who leaves or declares a conflict."""
    return reopen_sheet(sheet, user) or own_sheet(sheet, user) or is_officer(sheet.call, user)


def marks_disclosed(call: Call) -> bool:
    """Tell whether the marks were shared inside the panel; a call that ended before keeps them closed for ever."""
    if call.state in (CallState.CANCELLED, CallState.UNSUCCESSFUL):
        return bool(call.applications.filter(consensus__isnull=False).exists())
    return call.state in AFTER_DISCLOSURE


def read_marks(call: Call, user: Any) -> bool:
    """Who sees the marks of others (§8.2): from the disclosure on the panel that declared, except an evaluator who still
    owes a sheet; after the award the officer and the auditor. Observers, approvers and authorities read the reports."""
    if not marks_disclosed(call):
        return False
    if has_seat(call, user):
        return (
            has_seat(call, user, *LEADERS, Seat.EVALUATOR) and has_declared(call, user) and not owes_sheet(call, user)
        )
    return call.state in AFTER_AWARD and has_role(call, user, Role.OFFICER, Role.AUDITOR)


def owes_sheet(call: Call, user: Any) -> bool:
    """Tell whether a person has a sheet to sign on what others see already: who replaces a member marks without knowing.

    During the interviews nobody sees another's marks of that stage, so their sheets do not count.
    """
    owed = call.sheets.filter(member__user=user, member__ended_at=None, state=SheetState.DRAFT)
    if call.state == CallState.INTERVIEW:
        owed = owed.filter(stage=Stage.FILE)
    return bool(owed.exists())


def letters_of(letter: Any, user: Any) -> bool:
    """Officers read, approve and send letters."""
    return user is CLOCK or is_officer(letter.call, user)

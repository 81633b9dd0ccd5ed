"""The papers of a call, for the person who looks (§8.2): default is not to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from accounts.enums import Role
from procurement import permissions
from procurement.enums import AFTER_AWARD, AFTER_DISCLOSURE, CallState, PaperKind, Seat
from procurement.models import Call, Paper

K = PaperKind
REPORTED = (CallState.AWARD_PROPOSED, CallState.AWARD_DECIDED, *AFTER_AWARD)  # the report is signed by all
PANEL = (Seat.CHAIR, Seat.SECRETARY, Seat.EVALUATOR)
LEADERS = (Seat.CHAIR, Seat.SECRETARY)


class Viewer:
    """What a person is to a call, asked once for a whole list."""

    def __init__(self, call: Call, user: Any) -> None:
        self.call = call
        self.user = user
        self.roles = set(call.organisation.memberships.filter(user=user, ended_at=None).values_list("role", flat=True))
        seat = call.members.filter(user=user, ended_at=None).select_related("declaration").first()
        self.member_id = seat.pk if seat else None
        declared = seat is not None and hasattr(seat, "declaration") and not seat.declaration.conflict
        self.seat = seat.seat if seat is not None and seat.accepted_at else ""  # papers name who applied
        self.declared_seat = self.seat if declared else ""

    def holds(self, *roles: Role) -> bool:
        """Tell whether the person holds one of these roles."""
        return bool(self.roles & set(roles))

    @cached_property
    def panel(self) -> bool:
        """Tell whether the person sits on the panel and sees its marks: not while their own sheet is to be signed."""
        return self.declared_seat in PANEL and permissions.read_marks(self.call, self.user)

    @property
    def reported(self) -> bool:
        """Tell whether those who read signed reports may read them now."""
        return self.call.state in REPORTED and bool(
            self.seat or self.holds(Role.OFFICER, Role.APPROVER, Role.AUTHORITY, Role.AUDITOR)
        )


def visible_papers(call: Call, user: Any) -> list[Paper]:
    """Return the papers that this person may read now, in the order they were written."""
    if not permissions.work_on_call(call, user):
        return []
    viewer = Viewer(call, user)
    rows = call.papers.select_related("file", "application", "member__user", "call").order_by("created_at", "id")
    return [paper for paper in rows.defer("facts") if may_read(viewer, paper)]


def may_read(viewer: Viewer, paper: Paper) -> bool:
    """Tell whether a paper may be read; one that concerns an application stays closed before the opening."""
    if paper.application is not None and (viewer.call.opened_at is None or not paper.application.label):
        return False
    rule = RULES.get(PaperKind(paper.kind))
    return rule is not None and rule(viewer, paper)


def _everybody(viewer: Viewer, paper: Paper) -> bool:
    return True


def _control(viewer: Viewer, paper: Paper) -> bool:
    return bool(viewer.declared_seat in LEADERS) or viewer.holds(Role.OFFICER, Role.AUDITOR)


def _opening(viewer: Viewer, paper: Paper) -> bool:
    return bool(viewer.seat) or viewer.holds(Role.OFFICER, Role.AUDITOR)


def _prices(viewer: Viewer, paper: Paper) -> bool:
    return viewer.declared_seat in PANEL or viewer.holds(Role.AUDITOR) or viewer.reported


def _declaration(viewer: Viewer, paper: Paper) -> bool:
    return paper.member_id == viewer.member_id or _control(viewer, paper)


def _sheet(viewer: Viewer, paper: Paper) -> bool:
    """One's own at any time; those of others once the marks are shared, and for the officer once all is decided."""
    if paper.member_id == viewer.member_id and viewer.member_id is not None:
        return True
    shared = viewer.call.state in AFTER_DISCLOSURE and (viewer.panel or viewer.holds(Role.AUDITOR))
    return shared or (viewer.call.state in AFTER_AWARD and viewer.holds(Role.OFFICER))


def _report(viewer: Viewer, paper: Paper) -> bool:
    return viewer.panel or viewer.holds(Role.AUDITOR) or viewer.reported


def _decision(viewer: Viewer, paper: Paper) -> bool:
    return (
        viewer.seat in LEADERS
        or viewer.holds(Role.OFFICER, Role.AUTHORITY, Role.APPROVER, Role.AUDITOR)
        or (viewer.call.state in AFTER_AWARD and bool(viewer.seat))
    )


def _letter(viewer: Viewer, paper: Paper) -> bool:
    return viewer.holds(Role.OFFICER, Role.AUTHORITY, Role.AUDITOR)


RULES: dict[PaperKind, Callable[[Viewer, Paper], bool]] = {
    K.NOTICE: _everybody,
    K.AWARD_NOTICE: _everybody,
    K.CANCELLATION_NOTICE: _everybody,
    K.RECEIPT: _control,
    K.OPENING_REPORT: _opening,
    K.FINANCIAL_OPENING_REPORT: _prices,
    K.DECLARATION: _declaration,
    K.COMPLIANCE_GRID: _control,
    K.SCORE_SHEET: _sheet,
    K.TECHNICAL_REPORT: _report,
    K.EVALUATION_REPORT: _report,
    K.AWARD_DECISION: _decision,
    K.LETTER: _letter,
    K.ARCHIVE_INDEX: _letter,
}

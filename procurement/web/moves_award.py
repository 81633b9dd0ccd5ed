"""What waits on somebody from the ranking to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from procurement.enums import CallState as S
from procurement.enums import PaperKind, Seat
from procurement.models import Call, Paper, Signature
from procurement.queries.calls import Standing, ended_with_letters, running_calls_of, standing_of
from procurement.web.moves import Move

LEADERS = (Seat.CHAIR, Seat.SECRETARY)


def moves(user: Any, now: datetime) -> list[Move]:
    """Return the moves of this room: five questions to the database, whatever the number of calls."""
    standing = standing_of(user)
    if not (standing.roles or standing.seats):
        return []
    calls = running_calls_of(user)
    reports = _reports(calls, user)
    unsent = [
        _move(call, _("Read and send the letters"), "call_letters")
        for call in ended_with_letters(user)
        if standing.has_role(call, Role.OFFICER)
    ]
    return unsent + [move for call in calls for move in _of_call(call, standing, reports)]


def _reports(calls: list[Call], user: Any) -> dict[int, Paper]:
    """Return the latest evaluation report of each ranked call, with whether this person signed it."""
    ranked = [call.pk for call in calls if call.state == S.RANKED]
    mine = Signature.objects.filter(paper=OuterRef("pk"), member__user=user)
    rows = Paper.objects.filter(call__in=ranked, kind=PaperKind.EVALUATION_REPORT).annotate(signed=Exists(mine))
    return {paper.call_id: paper for paper in rows.order_by("number").defer("facts")}


def _of_call(call: Call, standing: Standing, reports: dict[int, Paper]) -> Iterator[Move]:
    officer, authority = standing.has_role(call, Role.OFFICER), standing.has_role(call, Role.AUTHORITY)
    rankable = call.state == S.FINANCIAL_OPENED or (call.state == S.TECHNICAL_SIGNED and not call.two_envelopes)
    if rankable and standing.has_seat(call, *LEADERS):
        yield _move(call, _("Rank the applications"), "call_ranking")
    elif call.state == S.RANKED:
        yield from _report(call, standing, reports.get(call.pk))
    elif call.state == S.AWARD_PROPOSED and authority:
        yield _move(call, _("Decide the award"), "call_award", due=call.decision_at)
    elif call.state == S.AWARD_PROPOSED and (officer or standing.has_seat(call, *LEADERS)):
        yield _move(call, _("decide the award"), "call_award", due=call.decision_at, whom=_("Authority"))
    elif officer:
        yield from _of_officer(call)


def _report(call: Call, standing: Standing, report: Any) -> Iterator[Move]:
    if report is None and standing.has_seat(call, *LEADERS):
        yield _move(call, _("Write the evaluation report"), "call_award", due=call.decision_at)
    elif report is not None and standing.has_seat(call, Seat.EVALUATOR) and not report.signed:
        yield _move(call, _("Sign the evaluation report"), "call_award", due=call.decision_at)
    elif report is not None and standing.has_seat(call, Seat.CHAIR):
        yield _move(call, _("Propose the award"), "call_award", due=call.decision_at)


def _of_officer(call: Call) -> Iterator[Move]:
    if call.state == S.AWARD_DECIDED:
        yield _move(call, _("Draft, read and send the letters"), "call_letters")
    elif call.state == S.STANDSTILL:
        yield _move(call, _("make the award final"), "call_award", due=call.standstill_until, whom=_("Clock"))
    elif call.state == S.AWARDED:
        yield _move(call, _("Record the contract"), "call_contract")
    elif call.state == S.CONTRACTED:
        yield _move(call, _("Write the index and archive the file"), "call_archive")


def _move(call: Call, title: str, page: str, *, due: datetime | None = None, whom: str = "") -> Move:
    return Move(
        title=title,
        detail=call.title_in(),
        url=reverse(page, args=[call.reference]),
        due=due,
        zone=call.timezone,
        mine=not whom,
        whom=whom,
    )

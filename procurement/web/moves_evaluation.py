"""What the scoring, the consensus, the interviews and the technical report wait for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.enums import CallState, Seat, Stage
from procurement.models import Call, CommitteeMember
from procurement.queries.panel_duties import LEADERS, PanelDuties, Standing, calls_waiting_on_panel, panel_duties_of
from procurement.web.moves import Move


def moves(user: Any, now: datetime) -> list[Move]:
    """Return what waits on a member of panels, and what an officer's calls wait for."""
    duties = panel_duties_of(user)
    mine = [move for seat in duties.seats for move in _of_seat(seat, duties)]
    taken = {seat.call_id for seat in duties.seats}
    return mine + [_of_panel(call) for call in calls_waiting_on_panel(user) if call.pk not in taken]


def _of_seat(seat: CommitteeMember, duties: PanelDuties) -> Iterator[Move]:
    call, standing = seat.call, duties.standings[seat.call_id]
    for stage in (Stage.FILE, Stage.INTERVIEW):
        if owed := duties.owed.get((call.pk, str(stage)), 0):
            yield _sheets(call, stage, owed)
    if seat.seat == Seat.EVALUATOR and seat.pk in standing.unsigned and standing.report and standing.report.file:
        yield _move(call, _("Sign the technical report"), "call_technical_report", due=call.financial_opening_at)
    if seat.seat in LEADERS:
        yield from LEADING[CallState(call.state)](call, standing, seat)


def _sheets(call: Call, stage: Stage, owed: int) -> Move:
    detail = ngettext("%(count)s sheet to sign", "%(count)s sheets to sign", owed) % {"count": owed}
    if stage == Stage.INTERVIEW:
        due = _end_of(call, call.interviews_until)
        return _move(call, _("Mark the interviews"), "call_evaluation", due=due, detail=detail)
    return _move(call, _("Read and mark the applications"), "call_evaluation", due=call.scoring_until, detail=detail)


def _scoring(call: Call, standing: Standing, seat: CommitteeMember) -> Iterator[Move]:
    if standing.owing:
        yield _others(call, _("sign their score sheets"), standing.owing, due=call.scoring_until)
    else:
        yield _move(call, _("Share the marks inside the panel"), "call_evaluation", due=call.scoring_until)


def _agreeing(call: Call, standing: Standing, seat: CommitteeMember) -> Iterator[Move]:
    if standing.owing:
        yield _others(call, _("sign their score sheets"), standing.owing, due=call.scoring_until)
    elif standing.to_invite:
        yield _move(call, _("Invite to the interviews"), "call_interviews", due=_end_of(call, call.interviews_from))
    elif standing.unsettled:
        yield _consensus(call, standing, seat)
    elif standing.report is None:
        yield _move(call, _("Write the technical report"), "call_technical_report", due=call.financial_opening_at)
    elif standing.unsigned:
        whom = ngettext("%(count)s evaluator", "%(count)s evaluators", len(standing.unsigned)) % {
            "count": len(standing.unsigned)
        }
        yield _move(
            call, _("sign the technical report"), "call_technical_report", due=call.financial_opening_at, whom=whom
        )
    else:
        yield _move(call, _("Settle the technical marks"), "call_technical_report", due=call.financial_opening_at)


def _consensus(call: Call, standing: Standing, seat: CommitteeMember) -> Move:
    """Only the chair writes it; to the secretary it is the chair's move."""
    due = call.financial_opening_at
    count = {"count": standing.unsettled}
    if seat.seat == Seat.CHAIR:
        detail = (
            ngettext("%(count)s application to settle", "%(count)s applications to settle", standing.unsettled) % count
        )
        return _move(call, _("Write and settle the consensus"), "call_evaluation", due=due, detail=detail)
    return _move(call, _("write and settle the consensus"), "call_evaluation", due=due, whom=_("Chair"))


def _hearing(call: Call, standing: Standing, seat: CommitteeMember) -> Iterator[Move]:
    due = _end_of(call, call.interviews_until)
    if standing.without_hour:
        count = standing.without_hour
        detail = ngettext("%(count)s without an hour", "%(count)s without an hour", count) % {"count": count}
        yield _move(call, _("Set the hours of the interviews"), "call_interviews", due=due, detail=detail)
    elif standing.owing:
        yield _others(call, _("sign their sheets of the interviews"), standing.owing, due=due)
    else:
        yield _move(call, _("End the interviews"), "call_interviews", due=due)


LEADING = {CallState.EVALUATION: _scoring, CallState.CONSENSUS: _agreeing, CallState.INTERVIEW: _hearing}


def _of_panel(call: Call) -> Move:
    """What an officer sees of it: whose move it is, never a mark."""
    titles = {
        CallState.EVALUATION: (_("read and mark the applications"), _("Evaluators"), call.scoring_until),
        CallState.CONSENSUS: (_("agree on the technical marks"), _("Committee"), call.financial_opening_at),
        CallState.INTERVIEW: (_("hold the interviews"), _("Committee"), _end_of(call, call.interviews_until)),
    }
    title, whom, due = titles[CallState(call.state)]
    return _move(call, title, "call_overview", due=due, whom=whom)


def _others(call: Call, title: str, labels: tuple[str, ...], *, due: datetime | None) -> Move:
    return _move(call, title, "call_evaluation", due=due, whom=", ".join(labels))


def _end_of(call: Call, day: date | None) -> datetime | None:
    """Return the end of a local day of the call."""
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(call.timezone)).astimezone(UTC) if day else None


def _move(call: Call, title: str, page: str, *, due: datetime | None, detail: str = "", whom: str = "") -> Move:
    return Move(
        title=title,
        detail=". ".join(part for part in (call.title_in(), detail) if part),
        url=reverse(page, args=[call.reference]),
        due=due,
        zone=call.timezone,
        mine=not whom,
        whom=whom,
    )

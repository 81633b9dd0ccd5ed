"""What the openings, the declarations and the compliance check wait for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.enums import CallState, EnvelopeKind, PaperKind, Seat
from procurement.models import Call, CommitteeMember
from procurement.queries.duties import OPENABLE, Duties, calls_waiting_on_committee, duties_of
from procurement.web.moves import Move

LEADERS = (Seat.CHAIR, Seat.SECRETARY)


def moves(user: Any, now: datetime) -> list[Move]:
    """Return what waits on a member of committees, and what an officer's calls wait for."""
    duties = duties_of(user)
    mine = [move for seat in duties.seats for move in _of_seat(seat, duties)]
    taken = {seat.call_id for seat in duties.seats}
    return mine + [_of_committee(call) for call in calls_waiting_on_committee(user) if call.pk not in taken]


def _of_seat(seat: CommitteeMember, duties: Duties) -> Iterator[Move]:
    call = seat.call
    if seat.accepted_at is None:
        return
    if call.state in OPENABLE:
        yield from _opening(seat, duties)
    if call.opened_at and not hasattr(seat, "declaration"):
        yield _move(call, _("Declare your impartiality"), "call_declarations", due=call.compliance_at)
    elif seat.seat in LEADERS and call.state == CallState.OPENED:
        yield _begin(call, undeclared=duties.undeclared.get(call.pk, 0))
    elif seat.seat in LEADERS and call.state == CallState.COMPLIANCE:
        yield _check(call, left=duties.undecided.get(call.pk, 0))
    if call.pk in duties.to_sign and seat.seat in LEADERS:
        financial = duties.to_sign[call.pk].kind == PaperKind.FINANCIAL_OPENING_REPORT
        title = _("Sign the financial opening report") if financial else _("Sign the opening report")
        yield _move(call, title, "call_opening", due=call.decision_at if financial else call.compliance_at)


def _opening(seat: CommitteeMember, duties: Duties) -> Iterator[Move]:
    call = seat.call
    financial = OPENABLE[CallState(call.state)] == EnvelopeKind.FINANCIAL
    if financial and not call.two_envelopes:
        return
    due = call.financial_opening_at if financial else call.opening_at
    session = duties.sessions.get(call.pk)
    if session and call.pk not in duties.present and (hasattr(seat, "key") or seat.seat == Seat.OBSERVER):
        yield _move(call, _("Confirm your presence at the opening"), "call_opening", due=due)
    elif session and hasattr(seat, "key") and call.pk not in duties.released:
        yield _move(call, _("Release your pieces of the keys"), "call_opening", due=due)
    if seat.seat != Seat.SECRETARY:
        return
    missing = call.quorum - duties.keys.get(call.pk, 0)
    if session is None:
        yield _move(call, _("Start the opening session"), "call_opening", due=due)
    elif missing > 0:
        whom = ngettext("%(count)s key holder", "%(count)s key holders", missing) % {"count": missing}
        yield _move(call, _("release their pieces of the keys"), "call_opening", due=due, mine=False, whom=whom)
    else:
        title = _("Open the financial envelopes") if financial else _("Open the technical envelopes")
        yield _move(call, title, "call_opening", due=due)


def _begin(call: Call, *, undeclared: int) -> Move:
    if not undeclared:
        return _move(call, _("Begin the compliance check"), "call_opening", due=call.compliance_at)
    whom = ngettext("%(count)s member", "%(count)s members", undeclared) % {"count": undeclared}
    title = _("declare their impartiality")
    return _move(call, title, "call_declarations", due=call.compliance_at, mine=False, whom=whom)


def _check(call: Call, *, left: int) -> Move:
    if left == 0:
        return _move(call, _("Hand over to the evaluators"), "call_compliance", due=call.compliance_at)
    detail = ngettext("%(count)s application to decide", "%(count)s applications to decide", left) % {"count": left}
    return _move(call, _("Check the documents"), "call_compliance", due=call.compliance_at, detail=detail)


def _of_committee(call: Call) -> Move:
    """What an officer sees of it: whose move it is, never who applied."""
    titles = {
        CallState.CLOSED: (_("open the technical envelopes"), _("Secretary"), call.opening_at),
        CallState.OPENED: (_("declare their impartiality and sign the report"), _("Committee"), call.compliance_at),
        CallState.COMPLIANCE: (_("check the documents"), _("Chair, secretary"), call.compliance_at),
        CallState.TECHNICAL_SIGNED: (_("open the financial envelopes"), _("Secretary"), call.financial_opening_at),
    }
    title, whom, due = titles[CallState(call.state)]
    return _move(call, title, "call_opening", due=due, mine=False, whom=whom)


def _move(
    call: Call, title: str, page: str, *, due: datetime | None, detail: str = "", mine: bool = True, whom: str = ""
) -> Move:
    return Move(
        title=title,
        detail=". ".join(part for part in (call.title_in(), detail) if part),
        url=reverse(page, args=[call.reference]),
        due=due,
        zone=call.timezone,
        mine=mine,
        whom=whom,
    )

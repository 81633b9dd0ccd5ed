"""What the openings and the compliance check wait for, over all the calls of one person, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.enums import Role
from procurement.enums import ApplicationState, CallState, EnvelopeKind, PaperKind, Seat
from procurement.models import Call, CommitteeMember, OpeningSession, Paper, Presence, Signature

OPENABLE = {CallState.CLOSED: EnvelopeKind.TECHNICAL, CallState.TECHNICAL_SIGNED: EnvelopeKind.FINANCIAL}
REPORTS = (PaperKind.OPENING_REPORT, PaperKind.FINANCIAL_OPENING_REPORT)
WAITING = (CallState.CLOSED, CallState.OPENED, CallState.COMPLIANCE, CallState.TECHNICAL_SIGNED)
ENDED = (CallState.ARCHIVED, CallState.UNSUCCESSFUL, CallState.CANCELLED)


@dataclass(frozen=True)
class Duties:
    """The seats of a person, with what each of their calls waits for; sets hold primary keys of calls."""

    seats: list[CommitteeMember]
    sessions: Mapping[int, OpeningSession]
    present: set[int]
    released: set[int]
    keys: dict[int, int]
    to_sign: dict[int, Paper]
    undecided: dict[int, int]
    undeclared: dict[int, int]


def duties_of(user: Any) -> Duties:
    """Return what waits on a member of committees."""
    seats = list(
        CommitteeMember.objects.filter(user=user, ended_at=None)
        .exclude(call__state__in=ENDED)
        .exclude(call__published_at=None)
        .select_related("call", "declaration", "key")
    )
    calls = [seat.call_id for seat in seats]
    sessions = OpeningSession.objects.filter(call__in=calls, ended_at=None).annotate(
        released=Count(
            "presences",
            filter=Q(presences__holds_key=True, presences__member__ended_at=None, presences__released_at__isnull=False),
        )
    )
    running = {session.call_id: session for session in sessions}
    here = Presence.objects.filter(session__in=running.values(), member__in=seats)
    mine = dict(here.values_list("session__call_id", "released_at"))
    return Duties(
        seats=seats,
        sessions=running,
        present=set(mine),
        released={call for call, released_at in mine.items() if released_at},
        keys={session.call_id: session.released for session in sessions},
        to_sign={paper.call_id: paper for paper in _to_sign(seats)},
        undecided=_undecided(calls),
        undeclared=_undeclared(calls),
    )


def _to_sign(seats: list[CommitteeMember]) -> QuerySet[Paper]:
    leading = [seat for seat in seats if seat.seat in (Seat.CHAIR, Seat.SECRETARY)]
    signed = Signature.objects.filter(paper=OuterRef("pk"), member__in=leading)
    papers = Paper.objects.filter(call__in=[seat.call_id for seat in leading], kind__in=REPORTS, file__isnull=False)
    return papers.filter(~Exists(signed)).order_by("-number")


def _undecided(calls: list[int]) -> dict[int, int]:
    rows = Call.objects.filter(pk__in=calls, state=CallState.COMPLIANCE).annotate(
        left=Count("applications", filter=Q(applications__state=ApplicationState.OPENED))
    )
    return {call.pk: call.left for call in rows}


def _undeclared(calls: list[int]) -> dict[int, int]:
    awaited = Q(members__ended_at=None, members__declaration=None) & ~Q(members__seat=Seat.OBSERVER)
    rows = Call.objects.filter(pk__in=calls, state=CallState.OPENED).annotate(left=Count("members", filter=awaited))
    return {call.pk: call.left for call in rows}


def calls_waiting_on_committee(user: Any) -> QuerySet[Call]:
    """Return the calls of an officer that wait on their committee for an opening, declarations or the compliance check."""
    return Call.objects.filter(
        state__in=WAITING,
        organisation__memberships__user=user,
        organisation__memberships__role=Role.OFFICER,
        organisation__memberships__ended_at=None,
    ).distinct()

"""What the scoring, the consensus, the interviews and the technical report wait for, over all the calls of one person,
in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from accounts.enums import Role
from procurement.enums import ApplicationState, CallState, PaperKind, Seat, SheetState, Stage
from procurement.models import Call, CommitteeMember, Criterion, Paper, Score, ScoreSheet

AT_WORK = (CallState.EVALUATION, CallState.CONSENSUS, CallState.INTERVIEW)
LEADERS = (Seat.CHAIR, Seat.SECRETARY)


@dataclass(frozen=True)
class Standing:
    """Where the panel of one call stands; `owing` are the labels of evaluators with a sheet to sign."""

    owing: tuple[str, ...]
    unsettled: int
    invited: int
    without_hour: int
    to_invite: bool
    report: Paper | None
    unsigned: frozenset[int]  # evaluators who have not signed the report


@dataclass(frozen=True)
class PanelDuties:
    """The seats of a person on panels at work, the sheets they owe, and where each panel stands."""

    seats: tuple[CommitteeMember, ...]
    owed: Mapping[tuple[int, str], int]  # (call, stage) -> sheets of this person to sign
    standings: Mapping[int, Standing]


def panel_duties_of(user: Any) -> PanelDuties:
    """Return what waits on a member of panels at work."""
    seats = CommitteeMember.objects.filter(
        user=user, ended_at=None, declaration__conflict=False, call__state__in=AT_WORK
    ).exclude(seat=Seat.OBSERVER)
    held = tuple(seats.select_related("call"))
    calls = [seat.call for seat in held]
    drafts = ScoreSheet.objects.filter(
        call__in=calls, state=SheetState.DRAFT, member__ended_at=None, application__state=ApplicationState.COMPLIANT
    ).select_related("member")
    owed: dict[tuple[int, str], int] = defaultdict(int)
    owing: dict[int, set[str]] = defaultdict(set)
    for sheet in drafts.only("call_id", "stage", "member__label", "member__user_id"):
        owing[sheet.call_id].add(sheet.member.label)
        if sheet.member.user_id == user.pk:
            owed[sheet.call_id, str(sheet.stage)] += 1
    return PanelDuties(seats=held, owed=owed, standings=_standings(calls, owing))


def _standings(calls: list[Call], owing: Mapping[int, set[str]]) -> dict[int, Standing]:
    if not calls:
        return {}
    counted = {call.pk: call for call in _counted(calls)}
    to_invite = _reach_the_mark([call for call in counted.values() if call.has_interview and not call.invited_count])  # type: ignore[attr-defined]
    reports = _latest_reports(calls)
    evaluators: dict[int, set[int]] = defaultdict(set)
    for call_id, pk in CommitteeMember.objects.filter(call__in=calls, ended_at=None, seat=Seat.EVALUATOR).values_list(
        "call_id", "pk"
    ):
        evaluators[call_id].add(pk)
    return {
        pk: Standing(
            owing=tuple(sorted(owing.get(pk, ()))),
            unsettled=call.unsettled_count,  # type: ignore[attr-defined]
            invited=call.invited_count,  # type: ignore[attr-defined]
            without_hour=call.without_hour,  # type: ignore[attr-defined]
            to_invite=pk in to_invite,
            report=reports.get(pk),
            unsigned=frozenset(evaluators[pk] - _signed(reports.get(pk))),
        )
        for pk, call in counted.items()
    }


def _counted(calls: list[Call]) -> QuerySet[Call]:
    compliant = Q(applications__state=ApplicationState.COMPLIANT)
    interviews = Criterion.objects.filter(call=OuterRef("pk"), stage=Stage.INTERVIEW)
    return Call.objects.filter(pk__in=[call.pk for call in calls]).annotate(
        unsettled_count=Count("applications", filter=compliant & Q(applications__consensus__settled_at=None)),
        invited_count=Count("applications", filter=Q(applications__invited=True)),
        without_hour=Count(
            "applications", filter=Q(applications__invited=True, applications__interview__takes_place_at=None)
        ),
        has_interview=Exists(interviews),
    )


def _reach_the_mark(calls: Iterable[Call]) -> set[int]:
    """Return the calls with an application whose mean mark on file reaches the mark from which it is invited."""
    limits = {call.pk: call.rule_number("shortlist_mark") for call in calls}
    sums = (
        Score.objects.filter(
            sheet__call__in=limits, sheet__state=SheetState.SIGNED, sheet__stage=Stage.FILE, mark__isnull=False,
            sheet__application__state=ApplicationState.COMPLIANT,
        )
        .values_list("sheet__call_id", "sheet__application_id")
        .annotate(total=Sum("mark"), sheets=Count("sheet", distinct=True))
    )  # fmt: skip
    return {call for call, _application, total, sheets in sums if (total or Decimal(0)) >= limits[call] * sheets}


def _latest_reports(calls: list[Call]) -> dict[int, Paper]:
    papers = Paper.objects.filter(call__in=calls, kind=PaperKind.TECHNICAL_REPORT).select_related("file")
    return {paper.call_id: paper for paper in papers.prefetch_related("signatures").order_by("number")}


def _signed(report: Paper | None) -> set[int]:
    if report is None:
        return set()
    return {one.member_id for one in report.signatures.all() if one.sha256 == report.sha256}


def calls_waiting_on_panel(user: Any) -> QuerySet[Call]:
    """Return the calls of an officer whose panel is at work."""
    return Call.objects.filter(
        state__in=AT_WORK,
        organisation__memberships__user=user,
        organisation__memberships__role=Role.OFFICER,
        organisation__memberships__ended_at=None,
    ).distinct()

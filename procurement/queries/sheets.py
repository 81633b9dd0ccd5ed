"""Score sheets: one's own, everybody's for those who may see them, and how far they are without any mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from procurement import permissions
from procurement.enums import ApplicationState, CallState, Seat, SheetState, Stage
from procurement.models import Application, Call, CommitteeMember, Criterion, ScoreSheet

LIVE = (SheetState.DRAFT, SheetState.SIGNED)
KEPT = (SheetState.SIGNED, SheetState.SUPERSEDED)
AROUND = 4  # applications named on each side of the one before the reader


def stage_at_work(call: Call) -> Stage:
    """Return the stage whose sheets are being filled, or were last."""
    return Stage.INTERVIEW if call.state == CallState.INTERVIEW else Stage.FILE


def own_sheets(user: Any, *, call: Call) -> QuerySet[ScoreSheet]:
    """Return the sheets of a person that count, with how many marks each holds."""
    sheets = call.sheets.filter(member__user=user, member__ended_at=None, state__in=LIVE)
    return with_progress(sheets.select_related("application__user", "application__organisation")).order_by(
        "application_id"
    )


def with_progress(sheets: QuerySet[ScoreSheet]) -> QuerySet[ScoreSheet]:
    """Count the marks that each sheet holds, as `marked`."""
    return sheets.annotate(marked=Count("scores", filter=Q(scores__mark__isnull=False)))


def sheets_visible_to(user: Any, *, call: Call) -> QuerySet[ScoreSheet]:
    """Return the sheets whose marks this person may read: one's own, and with the marks shared everybody's signed ones.

    While interviews are held nobody sees another's marks of that stage.
    """
    own = Q(member__user=user, member__ended_at=None)
    if not permissions.read_marks(call, user):
        return call.sheets.filter(own)
    shared = Q(state__in=KEPT)
    if call.state == CallState.INTERVIEW:
        shared &= Q(stage=Stage.FILE)
    return call.sheets.filter(own | shared)


def asked_criteria(call: Call, *, stage: Stage) -> list[Criterion]:
    """Return the criteria that are marked at a stage: those without parts, in the order of the tree."""
    return in_tree_order(call.criteria.filter(stage=stage, parts=None).select_related("parent"))


def in_tree_order(criteria: Iterable[Criterion]) -> list[Criterion]:
    """Put criteria in the order in which the notice shows them: parts under the criterion they belong to."""

    def place(one: Criterion) -> tuple[int, int, int, int]:
        top = one.parent or one
        return top.position, top.pk, one.position, one.pk

    return sorted(criteria, key=place)


@dataclass(frozen=True)
class Neighbours:
    """Where a sheet stands among its author's: its place, the ones around it, and the next one to work on."""

    place: int
    count: int
    around: tuple[ScoreSheet, ...]
    following: ScoreSheet | None


def neighbours_of(sheet: ScoreSheet) -> Neighbours:
    """Find the sheets around one, in few readings whatever their number."""
    own = ScoreSheet.objects.filter(call=sheet.call_id, member=sheet.member_id, stage=sheet.stage, state__in=LIVE)
    listed = with_progress(own.select_related("application"))
    before = listed.filter(application_id__lt=sheet.application_id).order_by("-application_id")[:AROUND]
    after = listed.filter(application_id__gte=sheet.application_id).order_by("application_id")[: AROUND + 1]
    return Neighbours(
        place=own.filter(application_id__lte=sheet.application_id).count(),
        count=own.count(),
        around=(*reversed(before), *after),
        following=following_on(sheet),
    )


def following_on(sheet: ScoreSheet) -> ScoreSheet | None:
    """Return the next sheet its author has to work on: of a later application, else of the first one that waits."""
    own = ScoreSheet.objects.filter(call=sheet.call_id, member=sheet.member_id, stage=sheet.stage)
    unsigned = own.filter(state=SheetState.DRAFT).exclude(pk=sheet.pk).select_related("application")
    earlier = ExpressionWrapper(Q(application_id__lt=sheet.application_id), output_field=BooleanField())
    return unsigned.annotate(earlier=earlier).order_by("earlier", "application_id").first()


@dataclass(frozen=True)
class Cell:
    """How far one evaluator is with one application: no mark is in it. `state` empty: the expected sheet does not exist."""

    member: CommitteeMember
    state: str = ""
    marked: int = 0
    asked: int = 0
    signed_at: datetime | None = None
    version: int = 1

    @property
    def kind(self) -> str:
        """Return the look of the badge."""
        if self.state == SheetState.SIGNED:
            return "done"
        return "now" if self.marked else "warn" if not self.state else ""


@dataclass(frozen=True)
class Row:
    """One application with the cell of every evaluator."""

    application: Application
    cells: tuple[Cell, ...]


def expected_from(call: Call) -> list[CommitteeMember]:
    """Return the evaluators whose sheets are expected: those who sit and vote now."""
    return list(call.members.filter(ended_at=None, seat=Seat.EVALUATOR).select_related("user").order_by("label", "id"))


def expected_applications(call: Call, *, stage: Stage) -> QuerySet[Application]:
    """Return the applications of a stage that are to be marked, or were, also those that left the race afterwards."""
    beyond = (ApplicationState.PASSED, ApplicationState.BELOW_THRESHOLD, ApplicationState.PRICE_OPENED)
    ended = (ApplicationState.RANKED, ApplicationState.WINNER, ApplicationState.NOT_SELECTED)
    left = Q(state=ApplicationState.EXCLUDED, consensus__settled_at__isnull=False)
    rows = call.applications.filter(Q(state__in=(ApplicationState.COMPLIANT, *beyond, *ended)) | left)
    if stage == Stage.INTERVIEW:
        rows = rows.filter(invited=True)
    return rows.select_related("user", "organisation").order_by("id")


def progress_of(
    call: Call, applications: Iterable[Application], *, members: list[CommitteeMember], stage: Stage
) -> list[Row]:
    """Return how far every evaluator is with these applications, in one reading."""
    applications = list(applications)
    asked = call.criteria.filter(stage=stage, parts=None).count()
    sheets = with_progress(call.sheets.filter(application__in=applications, stage=stage, state__in=LIVE))
    found = {(one.application_id, one.member_id): one for one in sheets}
    return [
        Row(one, tuple(_cell(member, found.get((one.pk, member.pk)), asked=asked) for member in members))
        for one in applications
    ]


def _cell(member: CommitteeMember, sheet: Any, *, asked: int) -> Cell:
    if sheet is None:
        return Cell(member, asked=asked)
    return Cell(member, sheet.state, sheet.marked, asked, sheet.signed_at, sheet.version)


@dataclass(frozen=True)
class Tally:
    """Signed and expected sheets of one evaluator, or of all."""

    member: CommitteeMember | None
    signed: int
    expected: int


def tallies(call: Call, *, members: list[CommitteeMember], stage: Stage) -> list[Tally]:
    """Count signed sheets by evaluator against the applications expected of each."""
    expected = expected_applications(call, stage=stage).count()
    signed = call.sheets.filter(stage=stage, state=SheetState.SIGNED, member__in=members)
    counted = dict(signed.values_list("member_id").annotate(count=Count("pk")).order_by())
    return [Tally(member, counted.get(member.pk, 0), expected) for member in members]

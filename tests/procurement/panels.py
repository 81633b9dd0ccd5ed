"""A panel at work: sheets filled, signed and shared, a consensus settled, interviews held, through the real doors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from procurement.actions.hold_interviews import end_interviews, schedule_interview, start_interviews
from procurement.actions.save_mark import save_mark
from procurement.actions.sign_sheet import sign_sheet
from procurement.actions.write_consensus import save_consensus_mark, settle_consensus
from procurement.actions.write_technical_report import write_technical_report
from procurement.enums import PaperKind, SheetState, Stage
from procurement.models import Application, Call, Consensus, Criterion, Paper, ScoreSheet
from tests.procurement.committees import VOTING, World, sign_report, write_papers
from tests.procurement.evaluations import call_in_evaluation
from tests.procurement.played_once import played_once
from workflow import clock

Marks = Mapping[str, str]
GOOD: Marks = {"C1a": "8", "C1b": "12", "C2": "60"}  # 80 of 100
POOR: Marks = {"C1a": "5", "C1b": "7", "C2": "50"}  # 62
COMMENT = "The sources are named and compared."


@played_once
def scoring(*who: str, interview: bool = False, rules: Mapping[str, Any] | None = None, **how: Any) -> World:
    """Return a call in evaluation: C1 (25, at least 10) with C1a (10) and C1b (15), and C2 (75); or C2 (65), C3 (10) heard."""
    world = call_in_evaluation(in_time=who or ("ana", "ben"), **how)
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | dict(rules or {}))
    call = world.fresh()
    call.criteria.all().delete()
    top = _criterion(call, 1, "C1", 25, minimum=Decimal(10))
    _criterion(call, 1, "C1a", 10, parent=top)
    _criterion(call, 2, "C1b", 15, parent=top, guidance={"en": "10 to 15: sources compared\n0 to 9: sources named"})
    _criterion(call, 2, "C2", 65 if interview else 75)
    if interview:
        _criterion(call, 3, "C3", 10, stage=Stage.INTERVIEW)
    return world


def _criterion(call: Call, position: int, code: str, maximum: int, **fields: Any) -> Criterion:
    return Criterion.objects.create(
        call=call, position=position, code=code, title={"en": f"About {code}"}, maximum=Decimal(maximum), **fields
    )


def sheet_of(world: World, evaluator: str, applicant: str, *, stage: Stage = Stage.FILE) -> ScoreSheet:
    """Return the latest sheet of an evaluator on an application."""
    sheets = ScoreSheet.objects.select_related("call", "member", "application")
    return sheets.filter(member__user=world[evaluator], application=world.applications[applicant], stage=stage).latest(
        "version"
    )


def fill(
    world: World,
    evaluator: str,
    applicant: str,
    marks: Marks = GOOD,
    *,
    comment: str = COMMENT,
    stage: Stage = Stage.FILE,
) -> ScoreSheet:
    """Write marks on a sheet."""
    sheet = sheet_of(world, evaluator, applicant, stage=stage)
    for code, mark in marks.items():
        save_mark(
            sheet=sheet, criterion=world.call.criteria.get(code=code), mark=Decimal(mark), comment=comment,
            actor=world[evaluator], now=clock.now(),
        )  # fmt: skip
    return sheet_of(world, evaluator, applicant, stage=stage)


def sign(world: World, evaluator: str, applicant: str, *, stage: Stage = Stage.FILE) -> ScoreSheet:
    """Sign a sheet."""
    return sign_sheet(sheet=sheet_of(world, evaluator, applicant, stage=stage), actor=world[evaluator], now=clock.now())


def score(world: World, marks: Mapping[str, Marks] | None = None, *, of: Iterable[str] = VOTING) -> World:
    """Have evaluators fill and sign their sheets on file; the same marks for everybody unless said."""
    for evaluator in of:
        for applicant in world.applications:
            fill(world, evaluator, applicant, (marks or {}).get(applicant, GOOD))
            sign(world, evaluator, applicant)
    world.fresh()
    return world


def hear(world: World, *who: str, mark: str = "8") -> World:
    """Hold the interviews of those invited, mark them, and end them."""
    start_interviews(call=world.fresh(), actor=world["chair"], now=clock.now())
    for applicant in who:
        schedule_interview(
            application=world.application(applicant), takes_place_at=clock.now() + timedelta(hours=1), place="Room 2",
            actor=world["secretary"], now=clock.now(),
        )  # fmt: skip
    clock.set_to(clock.now() + timedelta(hours=2))
    for evaluator in VOTING:
        for applicant in who:
            fill(world, evaluator, applicant, {"C3": mark}, stage=Stage.INTERVIEW)
            sign(world, evaluator, applicant, stage=Stage.INTERVIEW)
    world.call = end_interviews(call=world.fresh(), actor=world["chair"], now=clock.now())
    return world


def consensus_of(world: World, applicant: str) -> Consensus:
    """Return the consensus on an application."""
    return Consensus.objects.select_related("application__call").get(application=world.applications[applicant])


def agree(world: World, applicant: str, marks: Marks = GOOD, *, reason: str = "", settle: bool = True) -> Consensus:
    """Have the chair write the agreed marks, and settle them."""
    for code, mark in marks.items():
        save_consensus_mark(
            consensus=consensus_of(world, applicant), criterion=world.call.criteria.get(code=code), mark=Decimal(mark),
            reason=reason, actor=world["chair"], now=clock.now(),
        )  # fmt: skip
    if settle:
        settle_consensus(consensus=consensus_of(world, applicant), actor=world["chair"], now=clock.now())
    return consensus_of(world, applicant)


def report(world: World, *signers: str) -> Paper:
    """Write the technical report, have its file made, and have it signed."""
    paper = write_technical_report(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_papers()
    sign_report(world, PaperKind.TECHNICAL_REPORT, *signers)
    return Paper.objects.get(pk=paper.pk)


def states(world: World, applicant: str) -> dict[str, str]:
    """Return evaluator -> state of the live sheet on file of an application."""
    live = ScoreSheet.objects.filter(application=world.applications[applicant], stage=Stage.FILE).exclude(
        state=SheetState.SUPERSEDED
    )
    return dict(live.values_list("member__label", "state"))


def application_of(world: World, applicant: str) -> Application:
    """Return an application as it is now."""
    return world.application(applicant)

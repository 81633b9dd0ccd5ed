"""A call whose envelopes are open, walked on through the real doors from the compliance check to the prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procurement.actions.accept_items import accept_items
from procurement.actions.decide_compliance import decide_compliance
from procurement.actions.open_financial import open_financial
from procurement.actions.save_mark import save_mark
from procurement.actions.sign_sheet import sign_sheet
from procurement.actions.sign_technical import sign_technical
from procurement.actions.start_compliance import start_compliance
from procurement.actions.start_evaluation import start_evaluation
from procurement.actions.write_consensus import save_consensus_mark, settle_consensus
from procurement.actions.write_technical_report import write_technical_report
from procurement.enums import EnvelopeKind, PaperKind
from procurement.models import ScoreSheet
from tests.procurement.committees import (
    COMMITTEE,
    VOTING,
    World,
    declare,
    in_session,
    opened_call,
    sign_report,
    write_papers,
)
from tests.procurement.played_once import played_once
from workflow import clock


@played_once
def call_in_check(**how: Any) -> World:
    """Return a call in the compliance check: everybody declared, the report is signed."""
    return check_from(opened_call(**how))


def check_from(world: World) -> World:
    """Go on from the opening to the compliance check."""
    declare(world, *COMMITTEE)
    sign_report(world, PaperKind.OPENING_REPORT, "chair", "secretary")
    world.call = start_compliance(call=world.fresh(), actor=world["chair"], now=clock.now())
    return world


def find_compliant(world: World, *who: str) -> None:
    """Find everything in order, what is missing excepted, and decide."""
    for one in who:
        item = world.application(one).compliance_items.filter(verdict="missing")
        item.update(verdict="waived")
        accept_items(application=world.application(one), actor=world["secretary"], now=clock.now())
        decide_compliance(application=world.application(one), compliant=True, actor=world["secretary"], now=clock.now())


@played_once
def call_in_evaluation(**how: Any) -> World:
    """Return a call whose evaluators have their sheets."""
    return evaluation_from(call_in_check(**how))


def evaluation_from(world: World) -> World:
    """Go on from the compliance check to the evaluation."""
    find_compliant(world, *[who for who in world.applications if world.application(who).state == "opened"])
    world.call = start_evaluation(call=world.fresh(), actor=world["chair"], now=clock.now())
    return world


@played_once
def technically_signed_call(marks: dict[str, int], **how: Any) -> World:
    """Return a call whose technical report is signed, each application with the same mark on every sheet."""
    return signed_from(call_in_evaluation(in_time=tuple(marks), **how), marks)


def signed_from(world: World, marks: dict[str, int]) -> World:
    """Go on from the evaluation to the signed technical report."""
    by_application = {world.applications[who].pk: Decimal(mark) for who, mark in marks.items()}
    for sheet in ScoreSheet.objects.filter(call=world.call).select_related("member", "application", "call"):
        criterion = sheet.call.criteria.get()
        mark = by_application[sheet.application_id]
        save_mark(sheet=sheet, criterion=criterion, mark=mark, comment="", actor=sheet.member.user, now=clock.now())
        sign_sheet(sheet=sheet, actor=sheet.member.user, now=clock.now())
    for application in world.fresh().applications.filter(state="compliant").select_related("consensus"):
        mark = by_application[application.pk]
        save_consensus_mark(
            consensus=application.consensus, criterion=world.call.criteria.get(), mark=mark, reason="",
            actor=world["chair"], now=clock.now(),
        )  # fmt: skip
        settle_consensus(consensus=application.consensus, actor=world["chair"], now=clock.now())
    write_technical_report(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_papers()
    sign_report(world, PaperKind.TECHNICAL_REPORT, *VOTING)
    world.call = sign_technical(call=world.fresh(), actor=world["chair"], now=clock.now())
    return world


@played_once
def priced_call(marks: dict[str, int], **how: Any) -> World:
    """Return a call whose prices were opened for those above the threshold."""
    world = technically_signed_call(marks, **how)
    in_session(world, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
    world.call = open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_papers()
    return world

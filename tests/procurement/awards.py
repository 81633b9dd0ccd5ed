"""A call from the opened prices to the archive, walked through the real doors with the marks and prices one chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from procurement.actions.approve_letter import approve_letter
from procurement.actions.close_call import close_call
from procurement.actions.decide_award import decide_award
from procurement.actions.draft_letters import draft_letters
from procurement.actions.open_financial import open_financial
from procurement.actions.open_technical import open_technical
from procurement.actions.propose_award import propose_award
from procurement.actions.rank_applications import rank_applications
from procurement.actions.save_mark import save_mark
from procurement.actions.save_part import save_price
from procurement.actions.send_letters import send_letters
from procurement.actions.sign_sheet import sign_sheet
from procurement.actions.sign_technical import sign_technical
from procurement.actions.start_compliance import start_compliance
from procurement.actions.start_evaluation import start_evaluation
from procurement.actions.store_paper import store_paper
from procurement.actions.withdraw_application import withdraw_application
from procurement.actions.write_consensus import save_consensus_mark, settle_consensus
from procurement.actions.write_evaluation_report import write_evaluation_report
from procurement.actions.write_technical_report import write_technical_report
from procurement.enums import EnvelopeKind, LetterState, PaperKind
from procurement.models import Award, Call, EngineRun, Letter, Paper, ScoreSheet
from tests.procurement.applying import AFTER, BEFORE, complete_application, person, submit
from tests.procurement.committees import (
    COMMITTEE,
    OPENING,
    VOTING,
    World,
    declare,
    in_session,
    sign_report,
    staffed_call,
)
from tests.procurement.evaluations import find_compliant
from tests.procurement.played_once import played_once
from workflow import clock, outbox

WAITED_FOR = ("opening_report", "technical_report", "evaluation_report", "archive_index")
REASONS = "The best method for the lowest price, by the published rules."


@dataclass(frozen=True)
class Bid:
    """What the three evaluators gave out of 100, and the price; a single mark is everybody's."""

    marks: int | tuple[int, int, int]
    price: int = 10000

    def mark(self, evaluator: str) -> Decimal:
        """Return the mark of V1, V2 or V3 by the member's name."""
        given = self.marks if isinstance(self.marks, tuple) else (self.marks,) * 3
        return Decimal(given[VOTING.index(evaluator)])


Bids = Mapping[str, Bid]
# E1 (ana) first with 97.07 before E2 (ben) with 96.98; E3 (cora) over the ceiling, E4 (dan) below the threshold.
GRENOBLE: dict[str, Bid] = {
    "ana": Bid((78, 81, 78), 11800),
    "ben": Bid((82, 84, 80), 13900),
    "cora": Bid(80, 14600),
    "dan": Bid(71, 9000),
}


@played_once
def priced(
    bids: Bids,
    *,
    late: tuple[str, ...] = (),
    withdrawn: tuple[str, ...] = (),
    rules: Mapping[str, Any] | None = None,
    minimum: int | None = None,
    **how: Any,
) -> World:
    """Return a call whose prices were opened for those above the threshold; with one envelope, whose marks are settled."""
    world = _closed(bids, late=late, withdrawn=withdrawn, rules=rules or {}, **how)
    world.call.criteria.update(minimum=minimum)
    _opened(world)
    find_compliant(world, *bids)
    world.call = start_evaluation(call=world.fresh(), actor=world["chair"], now=clock.now())
    _mark(world, bids)
    write_technical_report(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_reports()
    sign_report(world, PaperKind.TECHNICAL_REPORT, *VOTING)
    world.call = sign_technical(call=world.fresh(), actor=world["chair"], now=clock.now())
    if world.call.two_envelopes:
        in_session(world, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
        world.call = open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_reports()
    return world


def _closed(
    bids: Bids, *, late: tuple[str, ...], withdrawn: tuple[str, ...], rules: Mapping[str, Any], **how: Any
) -> World:
    world = staffed_call(**how)
    call = world.call
    Call.objects.filter(pk=call.pk).update(rules=call.rules | dict(rules), standstill_days=10)
    world.fresh()
    for who in (*bids, *late, *withdrawn):
        world.people[who] = person(f"{who.title()} Applicant")
        world.applications[who] = complete_application(world.call, world[who])
        if who in bids and world.call.two_envelopes:
            total = Decimal(bids[who].price)
            save_price(
                application=world.application(who), days=Decimal(1), rate=total, expenses=Decimal(0), actor=world[who],
                now=BEFORE,
            )  # fmt: skip
    for who in (*bids, *withdrawn):
        submit(world.application(who), world[who])
    for who in withdrawn:
        withdraw_application(application=world.application(who), actor=world[who], now=BEFORE)
    for who in late:
        submit(world.application(who), world[who], at=AFTER)
    clock.set_to(AFTER + timedelta(minutes=5))
    world.call = close_call(call=world.fresh(), actor=None, now=clock.now())
    return world


def _opened(world: World) -> None:
    clock.set_to(OPENING + timedelta(minutes=10))
    in_session(world, "chair", "v2")
    world.call = open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_reports()
    declare(world, *COMMITTEE)
    sign_report(world, PaperKind.OPENING_REPORT, "chair", "secretary")
    world.call = start_compliance(call=world.fresh(), actor=world["chair"], now=clock.now())


def write_reports() -> None:
    """Do what the worker does with the papers that an act waits for; the others stay as they are."""
    for paper in Paper.objects.filter(file=None, kind__in=WAITED_FOR).select_related("call"):
        store_paper(paper=paper, now=clock.now())


def _mark(world: World, bids: Bids) -> None:
    criterion = world.call.criteria.get()
    who_of = {application.pk: who for who, application in world.applications.items()}
    names = {world.seat(who).pk: who for who in VOTING}
    for sheet in ScoreSheet.objects.filter(call=world.call).select_related("member__user", "application", "call"):
        mark, actor = bids[who_of[sheet.application_id]].mark(names[sheet.member_id]), sheet.member.user
        comment = f"Comment of {sheet.member.label}."
        save_mark(sheet=sheet, criterion=criterion, mark=mark, comment=comment, actor=actor, now=clock.now())
        sign_sheet(sheet=sheet, actor=actor, now=clock.now())
    for application in world.fresh().applications.filter(state="compliant").select_related("consensus"):
        bid, consensus = bids[who_of[application.pk]], application.consensus
        agreed = sum((bid.mark(one) for one in VOTING), Decimal(0)) / 3
        save_consensus_mark(
            consensus=consensus, criterion=criterion, mark=round(agreed, 2),
            reason="The panel agreed on the mean of its members.", actor=world["chair"], now=clock.now(),
        )  # fmt: skip
        settle_consensus(consensus=consensus, actor=world["chair"], now=clock.now())


def ranked(world: World) -> EngineRun:
    """Run the engine for the first time."""
    return rank_applications(call=world.fresh(), actor=world["secretary"], now=clock.now())


def reported(world: World) -> World:
    """Have the report written and signed by the three evaluators."""
    write_evaluation_report(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_reports()
    sign_report(world, PaperKind.EVALUATION_REPORT, *VOTING)
    return world


def proposed(world: World) -> Call:
    """Report and propose."""
    reported(world)
    return propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())


def decided(world: World) -> Award:
    """Report, propose and decide."""
    proposed(world)
    return decide_award(call=world.fresh(), reasons=REASONS, actor=world["authority"], now=clock.now())


def drafted(world: World) -> list[Letter]:
    """Draft the letters that are not drafted yet, and approve each."""
    draft_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
    letters = list(Letter.objects.filter(call=world.call, state=LetterState.DRAFT).order_by("pk"))
    for letter in letters:
        approve_letter(letter=letter, actor=world["officer"], now=clock.now())
    return letters


def notified(world: World) -> Call:
    """Decide, draft, approve and send: the standstill runs."""
    decided(world)
    drafted(world)
    return send_letters(call=world.fresh(), actor=world["officer"], now=clock.now())


def awarded(world: World) -> Call:
    """Let the standstill pass; the clock makes the award final."""
    until = notified(world).standstill_until
    assert until is not None
    clock.set_to(until + timedelta(seconds=5))
    clock.tick()
    outbox.deliver_waiting()
    return world.fresh()


@played_once
def built(bids: Bids, *acts: Callable[[World], Any], **how: Any) -> World:
    """Return a call after some of the acts above."""
    if not acts:
        return priced(bids, **how)
    world = built(bids, *acts[:-1], **how)
    acts[-1](world)
    world.fresh()
    return world


def label(world: World, who: str) -> str:
    """Return the label that the application of a person was given."""
    return world.application(who).label


def touch(run: EngineRun, **columns: Any) -> None:
    """Change a run as nobody can who goes through the product: the trigger is put aside."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        EngineRun.objects.filter(pk=run.pk).update(**columns)
        cursor.execute("SET session_replication_role = origin")

"""Have the signed score sheets written in Word, once the marks are shared."""

from __future__ import annotations

from datetime import datetime

from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind, Stage
from procurement.models import Call
from procurement.queries.papers.score_sheet import number, numbers_written, score_sheet, signed_after
from workflow import outbox
from workflow.transitions import use_case

AT_ONCE = 50  # sheets for one message; the next one follows


def ask_for_score_sheets(call: Call, *, stage: Stage, now: datetime, after: int = 0) -> None:
    """Post the message, in the transaction of the act that shares the marks: its cost does not grow with the sheets."""
    outbox.post(
        "procurement.write_score_sheets", key=f"{call.pk}:{stage}:{after}", now=now, scope=call.reference,
        call_id=call.pk, stage=str(stage), after=after,
    )  # fmt: skip


@use_case
def write_score_sheets(*, call: Call, stage: Stage, after: int, now: datetime) -> int:
    """Ask for the Word files of the next signed sheets of a stage, and for the rest later; return how many.

    `after` is the sheet to begin behind. A sheet whose file was asked for is left as it is.
    """
    waiting = signed_after(call, stage=stage, after=after, most=AT_ONCE + 1)
    batch = waiting[:AT_ONCE]
    written = numbers_written(call, batch)
    unwritten = [signed for signed in batch if number(call, signed) not in written]
    for signed in unwritten:
        write_paper(
            call=call,
            kind=PaperKind.SCORE_SHEET,
            template="score_sheet",
            paper_facts=score_sheet(call, signed, now=now),
            actor=None,
            now=now,
            application=signed.application,
            member=signed.member,
        )
    if len(waiting) > AT_ONCE:
        ask_for_score_sheets(call, stage=stage, now=now, after=batch[-1].pk)
    return len(unwritten)

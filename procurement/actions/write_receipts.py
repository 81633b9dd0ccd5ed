"""Have the receipts of opened applications written in Word for the file; before the opening none is written anywhere."""

from __future__ import annotations

from datetime import datetime

from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import Call
from procurement.queries.papers.receipt import opened_after, receipt_facts
from workflow import outbox
from workflow.transitions import use_case

AT_ONCE = 50  # receipts for one message; the next one follows


def ask_for_receipts(call: Call, *, kind: str, now: datetime, after: int = 0) -> None:
    """Post the message, in the transaction of the opening: its cost does not grow with the applications."""
    outbox.post(
        "procurement.write_receipts", key=f"{call.pk}:{kind}:{after}", now=now, scope=call.reference,
        call_id=call.pk, kind=kind, after=after,
    )  # fmt: skip


@use_case
def write_receipts(*, call: Call, kind: str, after: int, now: datetime) -> int:
    """Ask for the Word files of the next receipts, with the documents opened so far, and for the rest later.

    `kind` is the envelope that was opened: with the prices each receipt is written again, under its next number. Returns
    how many.
    """
    waiting = opened_after(call, kind=kind, after=after, most=AT_ONCE + 1)
    for submission in waiting[:AT_ONCE]:
        write_paper(
            call=call,
            kind=PaperKind.RECEIPT,
            template="receipt",
            paper_facts=receipt_facts(submission, call=call),
            actor=None,
            now=now,
            application=submission.application,
        )
    if len(waiting) > AT_ONCE:
        ask_for_receipts(call, kind=kind, now=now, after=waiting[AT_ONCE - 1].pk)
    return min(len(waiting), AT_ONCE)

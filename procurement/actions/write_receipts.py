"""Have the receipts of opened applications written in Word for the file; before the opening none is written anywhere."""

from __future__ import annotations

from datetime import datetime

from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import OpeningSession
from procurement.queries.papers.receipt import opened_in, receipt_facts
from workflow import outbox
from workflow.transitions import use_case

AT_ONCE = 50  # receipts for one message; the next one follows


def ask_for_receipts(session: OpeningSession, *, now: datetime, after: int = 0) -> None:
    """Post the message, in the transaction of the opening: its cost does not grow with the applications."""
    outbox.post(
        "procurement.write_receipts", key=f"{session.pk}:{after}", now=now, scope=session.call.reference,
        session_id=session.pk, after=after,
    )  # fmt: skip


@use_case
def write_receipts(*, session: OpeningSession, after: int, now: datetime) -> int:
    """Ask for the Word files of the next receipts, with the documents opened so far, and for the rest later.

    With the prices each receipt is written again, under its next number. Returns how many.
    """
    waiting = opened_in(session, after=after, most=AT_ONCE + 1)
    for submission in waiting[:AT_ONCE]:
        write_paper(
            call=session.call,
            kind=PaperKind.RECEIPT,
            template="receipt",
            paper_facts=receipt_facts(submission, call=session.call),
            actor=None,
            now=now,
            application=submission.application,
        )
    if len(waiting) > AT_ONCE:
        ask_for_receipts(session, now=now, after=waiting[AT_ONCE - 1].pk)
    return min(len(waiting), AT_ONCE)

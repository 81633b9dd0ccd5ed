"""Send all the letters of a round in one act, and begin the standstill."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.tell import tell_applicant
from procurement.actions.write_paper import write_paper
from procurement.enums import CallState, LetterKind, LetterState, PaperKind
from procurement.models import Call, Letter
from procurement.models.facts.letters import letter_facts
from procurement.models.holding import hold_call
from procurement.models.recipients import letter_round
from procurement.queries.papers.letters import Notification, letter_paper, notification
from procurement.queries.standstill import standstill_end
from procurement.rules import notifying
from workflow.transitions import demand, demand_permission, pass_through, use_case


@use_case
def send_letters(*, call: Call, actor: Any, now: datetime) -> Call:
    """Write every letter of the round with its note, post it with its Word file, and begin the standstill after the last.

    All or none: refuses while one applicant has no letter, or one letter was not read and approved. The winner's is
    posted after the others. The standstill ends after full local days; nothing of it where the call ended without award.
    """
    call = hold_call(call)
    demand_permission(permissions.send_letters(call, actor), subject=call, act="send_letters")
    demand(notifying.SENDABLE, letter_facts(call), subject=call, act="send_letters")
    told = notification(call, now=now)
    letters = call.letters.filter(round=letter_round(call), state=LetterState.APPROVED)
    for letter in sorted(letters.select_related("application__user", "application__organisation"), key=_winner_last):
        _send(letter, told, actor=actor)
    if call.state != CallState.AWARD_DECIDED:
        return call
    Call.objects.filter(pk=call.pk).update(standstill_until=standstill_end(call, start=now))
    return pass_through(call, "start_standstill", actor=actor, now=now)


def _winner_last(letter: Letter) -> tuple[bool, int]:
    return letter.kind == LetterKind.AWARD, letter.pk


def _send(letter: Letter, told: Notification, *, actor: Any) -> None:
    call, now = told.call, told.now
    letter.application.call = call
    template, written = letter_paper(letter, told)
    paper = write_paper(
        call=call, kind=PaperKind.LETTER, template=template, paper_facts=written, actor=actor, now=now,
        application=letter.application,
    )  # fmt: skip
    sent = pass_through(letter, "send", actor=actor, now=now, paper=paper.pk)
    sent.paper = paper
    sent.save(update_fields=["paper"])
    tell_applicant(kind="letter", application=letter.application, key=str(letter.pk), now=now, paper=paper.pk)

"""The facts of a notification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procurement.enums import CallState, LetterState
from procurement.models.recipients import WITHOUT_AWARD, letter_round, recipients
from procurement.rules.notifying import LetterFacts

if TYPE_CHECKING:
    from procurement.models import Call


def letter_facts(call: Call) -> LetterFacts:
    """Gather where the letters of the present round stand, against the applicants who must have one."""
    states = dict(call.letters.filter(round=letter_round(call)).values_list("application__label", "state"))
    return LetterFacts(
        decided=call.state in (CallState.AWARD_DECIDED, *WITHOUT_AWARD),
        opened=call.opened_at is not None,
        letters=len(states),
        missing=tuple(one.label for one, _kind in recipients(call) if one.label not in states),
        unread=tuple(label for label, state in states.items() if state == LetterState.DRAFT),
        unsent=tuple(label for label, state in states.items() if state == LetterState.APPROVED),
    )

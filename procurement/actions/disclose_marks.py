"""Share the marks inside the panel once every expected sheet is signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.enums import CallState
from procurement.models import Call, Consensus
from workflow.transitions import objections, pass_through, use_case


@use_case
def start_consensus(*, call: Call, actor: Any, now: datetime) -> Call:
    """Pass to the consensus; refuses while a sheet of the expected set (members x compliant) is missing."""
    moved = pass_through(call, "start_consensus", actor=actor, now=now)
    _open_consensus(moved)
    return moved


def disclose_when_complete(*, call: Call, now: datetime) -> None:
    """Pass by itself when nothing stands against it; a missing sheet leaves the call where it is."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state == CallState.EVALUATION and not objections(call, "start_consensus", now=now):
        start_consensus(call=call, actor=None, now=now)


def _open_consensus(call: Call) -> None:
    for application in call.applications.filter(state="compliant", consensus=None):
        Consensus.objects.get_or_create(application=application)

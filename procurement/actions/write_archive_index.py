"""Have the index of a call’s file written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.write_paper import write_paper
from procurement.enums import CallState, PaperKind
from procurement.models import Call, Paper
from procurement.models.holding import hold_call
from procurement.queries.papers.archive_index import archive_index
from workflow.refusals import NoSuchMove
from workflow.transitions import demand_permission, use_case


@use_case
def write_archive_index(*, call: Call, actor: Any, now: datetime) -> Paper:
    """List every paper and file with version, digest and retention date; refuses before the contract is recorded."""
    call = hold_call(call)
    demand_permission(permissions.archive_call(call, actor), subject=call, act="write_archive_index")
    if call.state != CallState.CONTRACTED:
        raise NoSuchMove(subject=call, act="write_archive_index")
    return write_paper(
        call=call, kind=PaperKind.ARCHIVE_INDEX, template="archive_index",
        paper_facts=archive_index(call, now=now), actor=actor, now=now,
    )  # fmt: skip

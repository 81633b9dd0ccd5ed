"""Approve a call: its rules are frozen and its notice is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import Call
from procurement.queries.frozen import digest_of, snapshot_of
from procurement.queries.papers.notice import notice_facts, notice_language
from workflow.transitions import pass_through, use_case


@use_case
def approve_call(*, call: Call, actor: Any, now: datetime) -> Call:
    """Approve what another person drafted; freeze rules, criteria and documents with their digest, ask for the notice."""
    approved = pass_through(call, "approve", actor=actor, now=now)
    approved.frozen = snapshot_of(approved)
    approved.rules_sha256 = digest_of(approved.frozen)
    approved.save(update_fields=["frozen", "rules_sha256"])
    write_paper(
        call=approved, kind=PaperKind.NOTICE, template="notice", paper_facts=notice_facts(approved, now=now),
        language=notice_language(approved), actor=actor, now=now,
    )  # fmt: skip
    tell(kind="call_approved", to=approved.created_by, key=f"{approved.pk}:{now.isoformat()}", now=now, call=approved)
    return approved

"""Have a paper of the procedure written in Word: its facts are fixed now, its file is made by the worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.enums import PaperKind
from procurement.letters.record import as_json
from procurement.models import Application, Call, CommitteeMember, Paper
from workflow import audit, outbox
from workflow.transitions import use_case


@use_case
def write_paper(
    *,
    call: Call,
    kind: PaperKind,
    template: str,
    paper_facts: Any,
    actor: Any,
    now: datetime,
    language: str = "",
    application: Application | None = None,
    member: CommitteeMember | None = None,
) -> Paper:
    """Fix the facts of a paper and ask the worker for its file. A new writing is a new number; old ones are kept.

    `template` names the paper in procurement.letters.registry; `paper_facts` is its dataclass.
    """
    same = Paper.objects.filter(call=call, kind=kind, application=application, member=member)
    paper = Paper.objects.create(
        call=call,
        application=application,
        member=member,
        kind=kind,
        number=same.count() + 1,
        language=language or call.language,
        template=template,
        facts=as_json(paper_facts),
        created_by=actor,
    )
    audit.record(paper, "write_paper", actor=actor, now=now, scope=call.reference, details={"kind": str(kind)})
    outbox.post("procurement.write_paper", key=str(paper.pk), now=now, scope=call.reference, paper_id=paper.pk)
    return paper

"""Write the Word file of a paper, once."""

from __future__ import annotations

from datetime import datetime

from procurement.letters import registry
from procurement.models import Paper
from workflow import audit, storage
from workflow.transitions import use_case

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@use_case
def store_paper(*, paper: Paper, now: datetime) -> Paper:
    """Render the facts and keep the file with its digest; a paper that has its file is left as it is."""
    rows = Paper.objects.select_for_update(of=("self",)).select_related("call", "application", "member")
    locked = rows.get(pk=paper.pk)
    if locked.file_id:
        return locked
    content = registry.render(kind=locked.template, written=locked.facts)
    locked.file = storage.keep(content, name=paper_name(locked), media_type=WORD)
    locked.written_at = now
    locked.save(update_fields=["file", "written_at"])
    audit.record(
        locked, "store_paper", actor=None, now=now, scope=locked.call.reference, details={"sha256": locked.file.sha256}
    )
    return locked


def paper_name(paper: Paper) -> str:
    """Return the file name: reference, template or the kind that says more, applicant's label or member's, number."""
    what = paper.kind if paper.kind.endswith(paper.template) else paper.template
    about = [paper.application.label or paper.application.reference] if paper.application else []
    about += [paper.member.label] if paper.member else []
    number = [str(paper.number)] if paper.number > 1 else []
    return "-".join([paper.call.reference, what, *about, *number]).replace("_", "-") + ".docx"

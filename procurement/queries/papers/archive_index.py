"""The facts of the index of a file: every paper and document, its version, its digest, and until when it is kept."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from procurement.letters.archive_index import ArchiveIndex, Filed
from procurement.letters.facts import Language
from procurement.letters.words.phrase import say
from procurement.models import Call, Contract, Document, Paper
from procurement.queries.papers import award_words as words
from procurement.queries.papers.evaluation_report import paper_title
from procurement.queries.papers.frame import call_facts, language_of
from procurement.rules.retention import YEARS, keep_until
from workflow.audit import history_of


def archive_index(call: Call, *, now: datetime) -> ArchiveIndex:
    """Gather the index of a contracted call; documents that were never opened show their digest and no name."""
    language, contract = language_of(call), call.contract
    until = keep_until(signed_on=contract.signed_on)
    return ArchiveIndex(
        call=call_facts(call),
        number=f"{call.reference}/{say(words.INDEX, language)}{call.papers.filter(kind='archive_index').count() + 1}",
        issued_at=now,
        closed_at=now,
        documents=(
            *(_paper(paper, until=until) for paper in papers_of(call)),
            *_contract(contract, language=language, until=until),
            *(_document(one, language=language, until=until) for one in documents_of(call)),
        ),
        rules=(say(words.KEPT_FOR, language, years=YEARS), say(words.SEALED_STAY, language)),
        log_sha256=log_digest(call.reference),
    )


def papers_of(call: Call) -> list[Paper]:
    """Return the papers that are in Word, in the order they were written."""
    rows = call.papers.filter(file__isnull=False).select_related("file", "application", "member", "call")
    return list(rows.order_by("created_at", "id"))


def documents_of(call: Call) -> list[Document]:
    """Return the documents of the applications that took part in the opening, with their envelopes."""
    rows = Document.objects.filter(application__call=call, removed_at=None).exclude(application__label="")
    return list(
        rows.select_related("file", "requirement", "application")
        .prefetch_related("envelopes")
        .order_by("application_id", "requirement__position", "id")
    )


def _paper(paper: Paper, *, until: date) -> Filed:
    assert paper.file is not None
    return Filed(
        title=paper_title(paper), filename=paper.file.name, sha256=paper.sha256, dated_at=paper.created_at,
        version=paper.number, size=paper.file.size, keep_until=until,
    )  # fmt: skip


def _contract(contract: Contract, *, language: Language, until: date) -> tuple[Filed, ...]:
    if contract.file is None:
        return ()
    return (
        Filed(
            title=say(words.CONTRACT, language), filename=contract.file.name, sha256=contract.file.sha256,
            dated_at=contract.recorded_at, size=contract.file.size, keep_until=until,
        ),
    )  # fmt: skip


def _document(document: Any, *, language: Language, until: date) -> Filed:
    opened = document.completion_id is not None or any(one.opened_at for one in document.envelopes.all())
    whose = {"code": document.requirement.code, "label": document.application.label}
    return Filed(
        title=say(words.SUBMITTED, language, **whose), filename=document.name if opened else "",
        sha256=document.sha256 if opened else document.file.sha256, dated_at=document.uploaded_at,
        size=document.size if opened else None,
        keep_until=until, sealed=not opened,
    )  # fmt: skip


def log_digest(scope: str) -> str:
    """Return the SHA-256 of the log of a file, event by event, in the order written."""
    digest = hashlib.sha256()
    events = history_of(scope).order_by("id")
    for event in events.iterator():
        line = [event.pk, event.at.isoformat(), event.actor_id, event.act, event.subject_type, event.subject_id]
        line += [event.source, event.target, event.outcome, event.reasons, event.details]
        digest.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()

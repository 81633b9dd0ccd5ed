"""Every kind of paper: its facts, its template's version, and the function that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from procurement.letters import (
    archive_index,
    award_decision,
    award_notice,
    cancellation_notice,
    compliance_grid,
    contract_notice,
    declaration,
    evaluation_report,
    forms_given,
    letter_award,
    letter_below_threshold,
    letter_cancelled,
    letter_completion,
    letter_excluded,
    letter_late,
    letter_non_compliant,
    letter_over_ceiling,
    letter_unsuccessful,
    notice,
    opening_report,
    receipt,
    record,
    recovery_sheet,
    score_sheet,
    technical_report,
)
from procurement.letters.facts import Paper
from procurement.letters.record import InvalidPaper, as_json

__all__ = ["KINDS", "InvalidPaper", "Kind", "as_json", "fingerprint", "from_json", "kind_of", "render", "render_paper"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of paper; `render` takes a paper of class `facts` and gives the bytes of a .docx."""

    name: str
    version: str
    facts: type[Paper]
    render: Callable[..., bytes]


def _kind(module: ModuleType, facts: type[Paper]) -> Kind:
    return Kind(name=module.KIND, version=module.TEMPLATE_VERSION, facts=facts, render=module.render)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind(notice, notice.Notice),
        _kind(receipt, receipt.Receipt),
        _kind(opening_report, opening_report.OpeningReport),
        _kind(declaration, declaration.Declaration),
        _kind(compliance_grid, compliance_grid.ComplianceGrid),
        _kind(letter_completion, letter_completion.CompletionLetter),
        _kind(score_sheet, score_sheet.ScoreSheet),
        _kind(technical_report, technical_report.TechnicalReport),
        _kind(evaluation_report, evaluation_report.EvaluationReport),
        _kind(award_decision, award_decision.AwardDecision),
        _kind(letter_award, letter_award.AwardLetter),
        _kind(letter_unsuccessful, letter_unsuccessful.UnsuccessfulLetter),
        _kind(letter_late, letter_late.LateLetter),
        _kind(letter_non_compliant, letter_non_compliant.NonCompliantLetter),
        _kind(letter_below_threshold, letter_below_threshold.BelowThresholdLetter),
        _kind(letter_over_ceiling, letter_over_ceiling.OverCeilingLetter),
        _kind(letter_excluded, letter_excluded.ExcludedLetter),
        _kind(letter_cancelled, letter_cancelled.CancelledLetter),
        _kind(award_notice, award_notice.AwardNotice),
        _kind(contract_notice, contract_notice.ContractNotice),
        _kind(cancellation_notice, cancellation_notice.CancellationNotice),
        _kind(archive_index, archive_index.ArchiveIndex),
        _kind(recovery_sheet, recovery_sheet.RecoverySheet),
        _kind(forms_given, forms_given.FormsGiven),
    )
}


def kind_of(paper: Paper) -> Kind:
    """The kind a paper is of; refuses a class that no kind has."""
    for kind in KINDS.values():
        if type(paper) is kind.facts:
            return kind
    raise InvalidPaper(f"{type(paper).__name__}: no such kind of paper")


def from_json(kind: str, written: Mapping[str, Any]) -> Paper:
    """A paper read back from its stored facts; refuses an unknown kind and facts of another shape."""
    if kind not in KINDS:
        raise InvalidPaper(f"{kind}: no such kind of paper")
    return record.from_json(KINDS[kind].facts, written)


def render(*, kind: str, written: Mapping[str, Any]) -> bytes:
    """A stored paper as the bytes of a Word file; refuses what `from_json` refuses."""
    paper = from_json(kind, written)
    return KINDS[kind].render(paper=paper)


def render_paper(*, paper: Paper) -> bytes:
    """A paper as the bytes of a Word file, whatever its kind."""
    return kind_of(paper).render(paper=paper)


def fingerprint(*, paper: Paper) -> str:
    """SHA-256 of a paper's facts, kind and template version; its beginning stands in the foot."""
    kind = kind_of(paper)
    return record.fingerprint(paper, kind=kind.name, version=kind.version)

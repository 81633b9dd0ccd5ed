"""One complete paper of each kind, for the Grenoble call, and the same in English."""

from dataclasses import replace

from procurement.letters.facts import Paper
from tests.procurement.letters import sample_letters as letters
from tests.procurement.letters import sample_reports as reports
from tests.procurement.letters import samples
from tests.procurement.letters.sample_evaluation import EVALUATION, TECHNICAL
from tests.procurement.letters.sample_notice import NOTICE

PAPERS: dict[str, Paper] = {
    "notice": NOTICE,
    "receipt": reports.RECEIPT,
    "opening_report": reports.OPENING,
    "declaration": reports.DECLARATION,
    "compliance_grid": reports.COMPLIANCE,
    "letter_completion": letters.COMPLETION,
    "score_sheet": reports.SHEET,
    "technical_report": TECHNICAL,
    "evaluation_report": EVALUATION,
    "award_decision": letters.DECISION,
    "letter_award": letters.AWARD,
    "letter_unsuccessful": letters.UNSUCCESSFUL,
    "letter_late": letters.LATE,
    "letter_non_compliant": letters.NON_COMPLIANT,
    "letter_below_threshold": letters.BELOW,
    "letter_over_ceiling": letters.OVER,
    "letter_excluded": letters.EXCLUDED,
    "letter_cancelled": letters.CANCELLED,
    "award_notice": letters.AWARD_NOTICE,
    "contract_notice": letters.CONTRACT,
    "cancellation_notice": letters.CANCELLATION,
    "archive_index": reports.ARCHIVE,
    "forms_given": reports.FORMS,
    "recovery_sheet": reports.RECOVERY,
}


def english(paper: Paper) -> Paper:
    """The same paper in English; texts that people gave stay as they are."""
    return replace(paper, call=samples.ENGLISH)

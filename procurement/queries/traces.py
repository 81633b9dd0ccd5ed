"""What of the procedure must be in the log, for `manage.py verify_audit`: no row of these tables without its event."""

from __future__ import annotations

from procurement.models import (
    Application,
    Award,
    Contract,
    EngineRun,
    OpeningSession,
    Paper,
    Presence,
    Signature,
    Submission,
)
from workflow.log.rows import may_end, traced


def register() -> None:
    """Tell the log which acts create the rows that count."""
    traced(Submission, "submit", "replace_submission", "record_late", "record_late_attempt", named="submission")
    traced(OpeningSession, "start_session")
    traced(Presence, "confirm_presence")
    traced(EngineRun, "run_engine")
    traced(Award, "award_to")
    traced(Contract, "keep_contract")
    traced(Paper, "write_paper")
    traced(Signature, "sign_paper")
    may_end(Application, act="discard_draft")

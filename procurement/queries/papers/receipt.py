"""The facts of a receipt."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from procurement.letters import facts
from procurement.letters.receipt import Receipt, ReceivedFile
from procurement.models import Call, Submission
from procurement.queries.papers.frame import applicant_facts, call_facts


def receipt_facts(submission: Submission, *, call: Call) -> Receipt:
    """Return what the acknowledgement of a submission says: its instant is the database's, its digests those stored."""
    before = submission.replaces
    return Receipt(
        call=call_facts(call),
        number=submission.receipt_number,
        issued_at=submission.submitted_at,
        applicant=applicant_facts(submission.application),
        receipt_number=submission.receipt_number,
        received_at=submission.submitted_at,
        deadline=submission.deadline,
        notice_version=1,
        files=tuple(
            ReceivedFile(
                requirement=line["code"],
                envelope=cast(facts.EnvelopeKind, line["envelope"]),
                filename=line["name"],
                size=line["size"],
                sha256=line["sha256"],
            )
            for line in submission.manifest
        ),
        late=submission.late,
        opening_at=_opening(call),
        replaces=before.receipt_number if before else "",
        digest=submission.sha256,
    )


def _opening(call: Call) -> datetime | None:
    return call.opening_at

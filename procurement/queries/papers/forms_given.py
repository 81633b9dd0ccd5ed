"""The facts of the copy of what an applicant typed."""

from __future__ import annotations

from collections.abc import Sequence

from procurement.letters.forms_given import Form, FormsGiven, Line
from procurement.models import Call, Submission
from procurement.queries.papers.frame import applicant_facts, call_facts


def forms_facts(
    submission: Submission,
    *,
    call: Call,
    sections: Sequence[tuple[str, Sequence[tuple[str, Sequence[tuple[str, str]]]]]],
    language: str,
) -> FormsGiven:
    """Return the paper of what was typed; `sections` is as the page shows it: envelopes, their forms, and rows."""
    return FormsGiven(
        call=call_facts(call, language=language),
        number=submission.receipt_number,
        issued_at=submission.submitted_at,
        applicant=applicant_facts(submission.application),
        receipt_number=submission.receipt_number,
        submitted_at=submission.submitted_at,
        forms=tuple(
            Form(title=f"{envelope}: {title}", lines=tuple(Line(label=label, text=text) for label, text in rows))
            for envelope, forms in sections
            for title, rows in forms
        ),
    )

"""The facts of the technical report: everything up to the marks, and no price."""

from __future__ import annotations

from datetime import datetime

from procurement.enums import PaperKind, Seat
from procurement.letters.technical_report import TechnicalReport
from procurement.letters.words.phrase import Phrase, say
from procurement.models import Call
from procurement.queries.impartiality import committee_of
from procurement.queries.papers.evaluation import interviews, judged_assessments, receptions
from procurement.queries.papers.evaluation_report import annexes, procedure_of
from procurement.queries.papers.frame import call_facts, lines_to_sign, member_facts
from procurement.queries.papers.terms import criteria_facts, method_facts

NUMBER = Phrase("RT", "TR")
SIGNING = (Seat.EVALUATOR,)
ANNEXED = ("opening_report", "compliance_grid", "score_sheet")


def technical_report(call: Call, *, now: datetime) -> TechnicalReport:
    """Return the report as the panel signs it before any price is opened; each writing has a number of its own."""
    heading = call_facts(call)
    language = heading.language
    number = call.papers.filter(kind=PaperKind.TECHNICAL_REPORT).count() + 1
    committee = list(committee_of(call))
    return TechnicalReport(
        call=heading,
        number=f"{call.reference}/{say(NUMBER, language)}-{number}",
        issued_at=now,
        procedure=procedure_of(call),
        method=method_facts(call),
        criteria=criteria_facts(call, language=language),
        committee=tuple(member_facts(member) for member in committee),
        received=receptions(call),
        assessments=judged_assessments(call, now=now),
        interviews=interviews(call),
        two_envelopes=call.two_envelopes,
        signatures=lines_to_sign([m for m in committee if m.seat in SIGNING], language=language),
        annexes=annexes(call, ANNEXED),
    )

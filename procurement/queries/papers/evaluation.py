"""What the reports of an evaluation have in common: what was received, how the engine judges it, who was heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from procurement.enums import ApplicationState as S
from procurement.enums import Stage
from procurement.letters.assessments import Assessment, Interview
from procurement.letters.outcomes import Outcome, Reception
from procurement.models import Application, Call, Submission
from procurement.models.marks import mean_marks
from procurement.queries.papers.assessments import assessments
from procurement.queries.papers.frame import applicant_facts
from procurement.queries.problem import problem_of
from procurement.queries.run import computed, exact

OUTCOMES: dict[str, Outcome] = {S.LATE: "late", S.OPENED: "received", S.NON_COMPLIANT: "non_compliant"}


def receptions(call: Call) -> tuple[Reception, ...]:
    """Return what stands on the list of the opening: when it came, and whether it is late, compliant or not."""
    last = (
        Submission.objects.filter(application__call=call, withdrawn_at=None)
        .exclude(application__label="")
        .select_related("application__user", "application__organisation")
        .order_by("application_id", "-id")
        .distinct("application_id")
    )
    return tuple(_reception(one) for one in last)


def _reception(submission: Submission) -> Reception:
    application = submission.application
    refused = application.state == S.NON_COMPLIANT
    return Reception(
        applicant=applicant_facts(application),
        received_at=submission.submitted_at,
        outcome=OUTCOMES.get(application.state, "compliant"),
        reason=application.compliance_reason if refused else "",
    )


def judged_assessments(call: Call, *, now: datetime) -> tuple[Assessment, ...]:
    """Return the panel's marks with the total and the verdict that the engine gives, before anything is settled."""
    compliant = list(call.applications.filter(state=S.COMPLIANT).order_by("id"))
    if not compliant:
        return ()
    totals, passed = verdicts(call, compliant, now=now)
    judged = [one for one in assessments(call) if one.applicant.label in totals]
    return tuple(
        replace(one, total=exact(totals[one.applicant.label]), passed=one.applicant.label in passed) for one in judged
    )


def verdicts(call: Call, applications: list[Application], *, now: datetime) -> tuple[dict[str, Fraction], set[str]]:
    """Ask the engine: the technical mark of each label, and which labels reach the threshold and every minimum."""
    _problem, result = computed(problem_of(call, applications, now=now, priced=False))
    explanations = [one.explanation for one in result.ranking] + [one.explanation for one in result.excluded]
    totals = {one.ref: one.technical for one in explanations if one.technical is not None}
    return totals, {standing.ref for standing in result.ranking}


def interviews(call: Call) -> tuple[Interview, ...]:
    """Return who was invited, the mark on file that led to it, and when they were heard."""
    before = mean_marks(call, stage=Stage.FILE)
    invited = call.applications.filter(invited=True).select_related("user", "organisation", "interview").order_by("id")
    return tuple(
        Interview(
            applicant=applicant_facts(one),
            before=exact(before[one.pk]) if one.pk in before else None,
            held_at=one.interview.takes_place_at,
        )
        for one in invited
    )

"""The facts of the evaluation report: the whole procedure from the applications received to the proposal (PRAG annex b11)."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from procurement.enums import Seat
from procurement.letters import facts
from procurement.letters.assessments import Deviation
from procurement.letters.evaluation_report import EvaluationReport
from procurement.letters.outcomes import NO_TIE, Outcome, PriceLine, Reception, Tie
from procurement.letters.outcomes import EngineRun as Engine
from procurement.letters.wording import format_day
from procurement.letters.words.phrase import say
from procurement.models import Call, Paper, Submission
from procurement.queries.impartiality import committee_of
from procurement.queries.out_of_race import Out, out_of_race
from procurement.queries.papers import award_words as words
from procurement.queries.papers import notice_words
from procurement.queries.papers.assessments import assessments
from procurement.queries.papers.evaluation import interviews
from procurement.queries.papers.frame import (
    applicant_facts,
    call_facts,
    language_of,
    lines_to_sign,
    member_facts,
    seat_named,
)
from procurement.queries.papers.outcomes import OUTCOMES, exclusion_facts, money, ranked_facts, reason_of
from procurement.queries.papers.terms import ceiling_facts, criteria_facts, method_facts
from procurement.queries.prices import opened_prices
from procurement.queries.run import ReadRun, read_run
from procurement.rules import presets

ANNEXED = ("opening_report", "compliance_grid", "technical_report", "financial_opening_report", "score_sheet")


def evaluation_report(call: Call, *, recommendation: str, remarks: str, now: datetime) -> EvaluationReport:
    """Gather the report on the latest run; `recommendation` and `remarks` (on the prices) are the committee's own words."""
    language, heading = language_of(call), call_facts(call)
    read = read_run(call.engine_runs.latest("number"))
    out = out_of_race(call, now=now)
    applications = {
        one.label: one for one in call.applications.exclude(label="").select_related("user", "organisation")
    }
    winner = read.result.winner
    signing = [m for m in committee_of(call) if m.seat != Seat.OBSERVER]
    return EvaluationReport(
        call=heading,
        number=f"{call.reference}/{say(words.REPORT, language)}{call.papers.filter(kind='evaluation_report').count() + 1}",
        issued_at=now,
        procedure=procedure_of(call),
        method=method_facts(call),
        criteria=criteria_facts(call, language=language),
        committee=tuple(member_facts(member) for member in committee_of(call)),
        committee_changes=tuple(_changes(call, language)),
        received=_received(call, out),
        assessments=assessments(call),
        prices=_prices(call, now=now),
        ranking=ranked_facts(call, read, applications),
        exclusions=exclusion_facts(call, out),
        tie=_tie(read, language),
        recommended=applicant_facts(applications[winner]) if winner else None,
        recommendation=recommendation.strip(),
        financial_remarks=remarks.strip(),
        ceiling=ceiling_facts(call),
        timeline=_timeline(call, now=now, language=language),
        deviations=_deviations(call),
        interviews=interviews(call),
        engine=Engine(version=read.run.engine, ran_at=read.run.ran_at, sha256=read.run.sha256),
        signatures=lines_to_sign(signing, language=language),
        annexes=annexes(call, ANNEXED),
    )


def procedure_of(call: Call) -> str:
    """Name the procedure in the call's language."""
    phrase = notice_words.TWO_ENVELOPES if call.two_envelopes else notice_words.ONE_ENVELOPE
    return say(phrase, language_of(call))


def annexes(call: Call, kinds: tuple[str, ...]) -> tuple[facts.Annex, ...]:
    """Return the papers of these kinds that are in Word, with their digests, in the order of the procedure."""
    papers = call.papers.filter(kind__in=kinds, file__isnull=False).select_related("file", "application", "member")
    rows = sorted(papers, key=lambda paper: (kinds.index(paper.kind), paper.pk))
    return tuple(
        facts.Annex(title=paper_title(paper), reference=paper.facts.get("number", ""), sha256=paper.sha256)
        for paper in rows
    )


def paper_title(paper: Paper) -> str:
    """Name a paper in the call's language, with whose it is and its number from the second writing on."""
    language, number = language_of(paper.call), f" ({paper.number})" if paper.number > 1 else ""
    whose = [paper.application.label or paper.application.reference] if paper.application else []
    whose += [seat_named(paper.member, language=language)] if paper.member else []
    return " ".join((say(words.PAPERS[paper.kind], language), *whose)) + number


def _changes(call: Call, language: facts.Language) -> list[str]:
    ended = call.members.filter(ended_at__isnull=False).order_by("ended_at")
    successors = {m.replaces_id: seat_named(m, language=language) for m in call.members.filter(replaces__isnull=False)}
    lines = []
    for member in ended:
        assert member.ended_at is not None
        day = format_day(member.ended_at.astimezone(ZoneInfo(call.timezone)).date(), language=language)
        phrase = words.SEAT_REPLACED if member.pk in successors else words.SEAT_ENDED
        label, successor = seat_named(member, language=language), successors.get(member.pk, "")
        lines.append(say(phrase, language, label=label, day=day, successor=successor))
    return lines


def _received(call: Call, out: list[Out]) -> tuple[Reception, ...]:
    """List every application opened or late, and what became of it."""
    ground = {one.application.pk: one for one in out}
    rows = (
        Submission.objects.filter(application__call=call, withdrawn_at=None)
        .exclude(application__label="")
        .select_related("application__user", "application__organisation")
        .order_by("application_id", "-id")
        .distinct("application_id")
    )
    return tuple(_reception(call, row, ground.get(row.application_id)) for row in rows)


def _reception(call: Call, submission: Submission, out: Out | None) -> Reception:
    outcome: Outcome = OUTCOMES[out.ground] if out else "ranked"
    return Reception(
        applicant=applicant_facts(submission.application),
        received_at=submission.submitted_at,
        outcome=outcome,
        reason=reason_of(call, out) if out else "",
    )


def _prices(call: Call, *, now: datetime) -> tuple[PriceLine, ...]:
    opened = (
        call.applications.filter(prices_opened_at__isnull=False).select_related("user", "organisation").order_by("id")
    )
    lines = opened_prices(call, opened, now=now)
    return tuple(
        PriceLine(
            applicant=applicant_facts(one.application),
            offered=money(one.total, call=call),
            corrected=money(one.computed, call=call) if one.computed is not None and one.difference else None,
            over_ceiling=one.over_ceiling,
        )
        for one in lines
        if one.total is not None
    )


def _tie(read: ReadRun, language: facts.Language) -> Tie:
    """Say whether any tie was met, and what parted it: lots drawn, the published rules, or nothing yet."""
    if read.result.ties:
        return Tie(state="unresolved", labels=tuple(ref for tie in read.result.ties for ref in tie))
    drawn = [step for step in read.result.steps if step.code == "tie.drawn"]
    if drawn:
        held = read.run.draws[-1]["held"]
        labels = tuple(ref for step in drawn for ref in cast(tuple[str, ...], step.params["refs"]))
        return Tie(state="resolved", labels=labels, rule=say(words.TIE_BY_DRAW, language, held=held))
    met = [step for step in read.result.steps if step.code.startswith("tie.")]
    if met:
        labels = tuple(dict.fromkeys(ref for step in met for ref in cast(tuple[str, ...], step.params["refs"])))
        return Tie(state="resolved", labels=labels, rule=say(words.TIE_BY_RULE, language))
    return NO_TIE


def _timeline(call: Call, *, now: datetime, language: facts.Language) -> tuple[facts.Milestone, ...]:
    moments = (
        (words.PUBLICATION, call.published_at),
        (words.DEADLINE, call.latest_deadline()),
        (words.OPENING, call.opened_at),
        (words.PRICES, call.prices_opened_at),
        (words.RANKING, call.engine_runs.latest("number").ran_at),
    )
    return tuple(facts.Milestone(label=say(label, language), starts_at=at) for label, at in moments if at)


def _deviations(call: Call) -> tuple[Deviation, ...]:
    reasons = call.rules.get("reasons") or {}
    return tuple(
        Deviation(rule=key, value=f"{usual} → {value}", reason=str(reasons.get(key) or ""))
        for key, (usual, value) in presets.changes(call.rules).items()
    )

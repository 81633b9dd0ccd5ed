"""The facts of the decision by which the authority awards."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from procurement.enums import PaperKind
from procurement.letters import facts
from procurement.letters.award_decision import AwardDecision
from procurement.letters.wording import format_day
from procurement.letters.words import kinds
from procurement.letters.words.phrase import say
from procurement.models import Award, Call, EngineRun, Paper
from procurement.queries.out_of_race import out_of_race
from procurement.queries.papers import award_words as words
from procurement.queries.papers.evaluation_report import annexes
from procurement.queries.papers.frame import call_facts, language_of, text_in
from procurement.queries.papers.outcomes import exclusion_facts, ranked_facts
from procurement.queries.papers.terms import method_facts
from procurement.queries.run import read_run


def award_decision(award: Award, *, now: datetime) -> AwardDecision:
    """Gather the decision, the ranking and the signed report that it rests on, and every dissent."""
    call, language = award.call, language_of(award.call)
    applications = {
        one.label: one for one in call.applications.exclude(label="").select_related("user", "organisation")
    }
    ranking = ranked_facts(call, read_run(award.run), applications)
    return AwardDecision(
        call=call_facts(call),
        number=f"{call.reference}/{say(words.DECISION, language)}{call.papers.filter(kind='award_decision').count() + 1}",
        issued_at=now,
        winner=next(one for one in ranking if one.applicant.label == award.application.label),
        method=method_facts(call),
        ranking=ranking,
        exclusions=exclusion_facts(call, out_of_race(call, now=now)),
        signatory=signatory(award),
        grounds=tuple(_grounds(call, award.run, language)),
        reasons=award.reasons,
        standstill_days=call.standstill_days,
        executed_by=say(words.EXECUTED_BY, language),
        remedies=text_in(call.organisation.remedies, language),
        annexes=annexes(call, ("evaluation_report",)),
    )


def signatory(award: Award) -> facts.Signature:
    """Return who decided, in which capacity and when."""
    return facts.Signature(
        name=str(award.decided_by),
        title=say(kinds.ROLES["authority"], language_of(award.call)),
        organisation=award.call.organisation.name,
        signed_at=award.decided_at,
    )


def _grounds(call: Call, run: EngineRun, language: facts.Language) -> list[str]:
    grounds = []
    if call.published_at:
        day = _day(call.published_at, call, language)
        grounds.append(say(words.GROUND_NOTICE, language, reference=call.reference, day=day))
    report = call.papers.filter(kind=PaperKind.EVALUATION_REPORT).order_by("-number").first()
    grounds += _report(report, call, language) if report else []
    day, short = _day(run.ran_at, call, language), f"{run.sha256[:8]}…{run.sha256[-4:]}"
    return [*grounds, say(words.GROUND_RUN, language, number=run.number, day=day, digest=short)]


def _report(report: Paper, call: Call, language: facts.Language) -> list[str]:
    signed = list(report.signatures.select_related("member__user"))
    signers = ", ".join(one.member.label for one in signed)
    day = _day(report.created_at, call, language)
    said = [say(words.GROUND_REPORT, language, number=report.facts["number"], day=day, signers=signers)]
    dissents = ((one.member.label, one.dissent) for one in signed if one.dissent)
    return said + [say(words.GROUND_DISSENT, language, name=name, text=text) for name, text in dissents]


def _day(moment: datetime, call: Call, language: facts.Language) -> str:
    return format_day(moment.astimezone(ZoneInfo(call.timezone)).date(), language=language)

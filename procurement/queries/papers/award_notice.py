"""The facts of the public notice of an award."""

from __future__ import annotations

from datetime import datetime

from procurement.letters.award_notice import AwardNotice
from procurement.letters.words.phrase import say
from procurement.models import Call
from procurement.queries.award_notice import received_in_time
from procurement.queries.papers import award_words as words
from procurement.queries.papers.evaluation_report import procedure_of
from procurement.queries.papers.frame import applicant_facts, call_facts, language_of, text_in
from procurement.queries.papers.outcomes import money, ranked_facts
from procurement.queries.papers.terms import method_facts
from procurement.queries.run import read_run


def award_notice_paper(call: Call, *, now: datetime) -> AwardNotice:
    """Gather what everybody may know: who won, for how much, with which marks, among how many."""
    language = language_of(call)
    award = call.awards.select_related("run", "application__user", "application__organisation").get(withdrawn_at=None)
    read = read_run(award.run)
    applications = {
        one.label: one for one in call.applications.exclude(label="").select_related("user", "organisation")
    }
    ranking = ranked_facts(call, read, applications)
    return AwardNotice(
        call=call_facts(call),
        number=f"{call.reference}/{say(words.NOTICE, language)}{call.papers.filter(kind='award_notice').count() + 1}",
        issued_at=now,
        contractor=applicant_facts(award.application),
        decided_at=award.decided_at,
        procedure=procedure_of(call),
        method=method_facts(call),
        price=money(award.amount, call=call) if award.amount is not None else None,
        winner=next(one for one in ranking if one.applicant.label == award.application.label),
        received=received_in_time(call),
        ranked=len(ranking),
        published_at=call.published_at,
        standstill_ends_at=call.standstill_until,
        cpv=call.cpv,
        remedies=text_in(call.organisation.remedies, language),
    )

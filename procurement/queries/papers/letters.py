"""The letters of a notification: what each applicant is told, from the record and never from memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from procurement.enums import LetterKind, Verdict
from procurement.letters import facts
from procurement.letters.compliance_grid import CompletionRequest
from procurement.letters.letter import Letter as LetterPaper
from procurement.letters.letter_award import AwardLetter
from procurement.letters.letter_below_threshold import BelowThresholdLetter
from procurement.letters.letter_cancelled import CancelledLetter
from procurement.letters.letter_excluded import ExcludedLetter
from procurement.letters.letter_late import LateLetter
from procurement.letters.letter_non_compliant import NonCompliantLetter
from procurement.letters.letter_over_ceiling import OverCeilingLetter
from procurement.letters.letter_unsuccessful import UnsuccessfulLetter
from procurement.letters.outcomes import Ranked
from procurement.letters.words.phrase import say
from procurement.models import Application, Award, Call, ComplianceItem, Letter
from procurement.queries.kept_marks import Kept, counts_consensus, kept_marks
from procurement.queries.out_of_race import Out, out_of_race
from procurement.queries.papers import award_words as words
from procurement.queries.papers.assessments import mark_facts
from procurement.queries.papers.award_decision import signatory
from procurement.queries.papers.cancellation_notice import outcome_of
from procurement.queries.papers.frame import applicant_facts, call_facts, language_of, requirement_facts, text_in
from procurement.queries.papers.outcomes import money, ranked_facts
from procurement.queries.papers.terms import criteria_facts, method_facts
from procurement.queries.run import exact, read_run
from procurement.queries.standstill import standstill_end

Written = tuple[str, LetterPaper]  # the name of the template, and its facts


@dataclass(frozen=True)
class Notification:
    """What all letters of a round share, read once."""

    call: Call
    now: datetime
    language: facts.Language
    award: Award | None
    ranking: Mapping[str, Ranked]
    out: Mapping[int, Out]
    kept: Mapping[int, Kept]
    standstill: facts.Standstill | None

    @property
    def winner(self) -> Ranked | None:
        """Return the line of the winner."""
        return self.ranking.get(self.award.application.label) if self.award else None

    @property
    def advantages(self) -> str:
        """Return why the winner is preferred: the reasons of the decision."""
        return self.award.reasons if self.award else ""

    def marks(self, application: Application) -> dict[str, Any]:
        """Return the applicant's own marks with their reasons, and the criteria they belong to."""
        kept = self.kept.get(application.pk, Kept())
        given = kept.marks(by_consensus=counts_consensus(self.call))
        return {"criteria": criteria_facts(self.call, language=self.language), "marks": mark_facts(given, kept)}

    def technical(self, application: Application) -> Decimal:
        """Return the sum of the applicant's own marks."""
        given = self.kept.get(application.pk, Kept()).marks(by_consensus=counts_consensus(self.call))
        return exact(sum(given.values(), Fraction()))


def notification(call: Call, *, now: datetime) -> Notification:
    """Read what the letters of the present round rest on; the standstill as it would run from `now`."""
    award = (
        call.awards.filter(withdrawn_at=None)
        .select_related("run", "decided_by", "application__user", "application__organisation")
        .first()
    )
    applications = {
        one.label: one for one in call.applications.exclude(label="").select_related("user", "organisation")
    }
    ranking = ranked_facts(call, read_run(award.run), applications) if award else ()
    until = call.standstill_until or standstill_end(call, start=now)
    return Notification(
        call=call,
        now=now,
        language=language_of(call),
        award=award,
        ranking={one.applicant.label: one for one in ranking},
        out={one.application.pk: one for one in out_of_race(call, now=now)},
        kept=kept_marks(call),
        standstill=facts.Standstill(days=call.standstill_days, ends_at=until)
        if award and call.standstill_days
        else None,
    )


def letter_paper(letter: Letter, told: Notification) -> Written:
    """Return the template and the facts of one letter, with its note."""
    template, build = BUILDERS[LetterKind(letter.kind)]
    if letter.kind == LetterKind.EXCLUDED and told.out[letter.application_id].ground == "excluded":
        template, build = "letter_excluded", _excluded
    return template, build(letter, told)


def _head(letter: Letter, told: Notification) -> dict[str, Any]:
    call, language = told.call, told.language
    return {
        "call": call_facts(call),
        "number": f"{call.reference}/{say(words.LETTER, language)}{letter.round}-{letter.application.label}",
        "issued_at": told.now,
        "applicant": applicant_facts(letter.application),
        "signatory": signatory(told.award) if told.award else facts.Signature(name=call.organisation.name, title=""),
        "personal_note": letter.note,
        "remedies": text_in(call.organisation.remedies, language),
        "contact": call.organisation.email,
        "sent_by": say(words.SENT_BY, language),
    }


def _reasoned(told: Notification) -> dict[str, Any]:
    return {"winner": told.winner, "advantages": told.advantages, "standstill": told.standstill}


def _award(letter: Letter, told: Notification) -> AwardLetter:
    return AwardLetter(
        **_head(letter, told), own=told.ranking[letter.application.label], method=method_facts(told.call),
        standstill=told.standstill, **told.marks(letter.application),
    )  # fmt: skip


def _not_selected(letter: Letter, told: Notification) -> UnsuccessfulLetter:
    return UnsuccessfulLetter(
        **_head(letter, told), own=told.ranking[letter.application.label], method=method_facts(told.call),
        **_reasoned(told), **told.marks(letter.application),
    )  # fmt: skip


def _late(letter: Letter, told: Notification) -> LateLetter:
    out = told.out[letter.application_id]
    assert out.received_at is not None
    assert out.deadline is not None
    return LateLetter(**_head(letter, told), received_at=out.received_at, deadline=out.deadline)


def _non_compliant(letter: Letter, told: Notification) -> NonCompliantLetter:
    items = ComplianceItem.objects.filter(
        application=letter.application, verdict__in=(Verdict.MISSING, Verdict.INVALID)
    ).select_related("requirement")
    return NonCompliantLetter(
        **_head(letter, told),
        faults=tuple(requirement_facts(item.requirement, language=told.language) for item in items),
        reason=letter.application.compliance_reason,
        request=_request(letter.application),
        unopened=told.call.two_envelopes,
    )


def _request(application: Application) -> CompletionRequest | None:
    """Return the request to complete, only where it stayed without answer: that is what the letter says of it."""
    request = getattr(application, "completion_request", None)
    if request is None or request.answered_at is not None:
        return None
    codes = ", ".join(one.code for one in request.requirements.all())
    return CompletionRequest(asked=codes, asked_at=request.asked_at, due_at=request.due_at)


def _below(letter: Letter, told: Notification) -> BelowThresholdLetter:
    out = told.out[letter.application_id]
    assert out.mark is not None
    assert out.limit is not None
    return BelowThresholdLetter(
        **_head(letter, told),
        total=out.mark,
        threshold=out.limit,
        method=method_facts(told.call),
        ground="minimum" if out.ground == "below_minimum" else "threshold",
        criterion=out.criterion,
        unopened=told.call.two_envelopes,
        **_reasoned(told),
        **told.marks(letter.application),
    )


def _over_ceiling(letter: Letter, told: Notification) -> OverCeilingLetter:
    out = told.out[letter.application_id]
    assert out.price is not None
    assert out.limit is not None
    return OverCeilingLetter(
        **_head(letter, told),
        price=money(out.price, call=told.call),
        ceiling=money(out.limit, call=told.call),
        technical=told.technical(letter.application),
        method=method_facts(told.call),
        **_reasoned(told),
        **told.marks(letter.application),
    )


def _excluded(letter: Letter, told: Notification) -> ExcludedLetter:
    out = told.out[letter.application_id]
    return ExcludedLetter(
        **_head(letter, told),
        decided_at=told.award.decided_at if told.award else told.now,
        reason=out.reason,
        unopened=told.call.two_envelopes and out.price is None,
        **_reasoned(told),
    )


def _cancelled(letter: Letter, told: Notification) -> CancelledLetter:
    call = told.call
    return CancelledLetter(
        **_head(letter, told), decided_at=call.ended_at or told.now, reason=call.end_reason, outcome=outcome_of(call)
    )


BUILDERS: dict[LetterKind, tuple[str, Callable[[Letter, Notification], LetterPaper]]] = {
    LetterKind.AWARD: ("letter_award", _award),
    LetterKind.NOT_SELECTED: ("letter_unsuccessful", _not_selected),
    LetterKind.LATE: ("letter_late", _late),
    LetterKind.NON_COMPLIANT: ("letter_non_compliant", _non_compliant),
    LetterKind.BELOW_THRESHOLD: ("letter_below_threshold", _below),
    LetterKind.EXCLUDED: ("letter_over_ceiling", _over_ceiling),
    LetterKind.CANCELLATION: ("letter_cancelled", _cancelled),
}

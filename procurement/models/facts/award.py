"""The facts of the end of a call."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from procurement.enums import ApplicationState, CallState, LetterState, PaperKind, Seat
from procurement.models.facts.moments import label
from procurement.models.facts.panel import unsigned
from procurement.models.recipients import letter_round, recipients
from procurement.rules.awarding import AwardFacts

if TYPE_CHECKING:
    from procurement.models import Call

S = ApplicationState
IN_RACE = (S.OPENED, S.COMPLIANT, S.PASSED, S.PRICE_OPENED, S.RANKED, S.WINNER)


def award_facts(call: Call, *, now: datetime) -> AwardFacts:
    """Gather what ranking, award and the two other ends depend on."""
    race = list(call.applications.filter(state__in=IN_RACE).order_by("id").values_list("label", "state"))
    run = call.engine_runs.defer("problem").order_by("-number").first()
    report = call.papers.filter(kind=PaperKind.EVALUATION_REPORT).order_by("-number").first()
    award = call.awards.filter(withdrawn_at=None).select_related("application").first()
    letters = call_letters(call)
    return AwardFacts(
        now=now,
        state=call.state,
        two_envelopes=call.two_envelopes,
        opened=call.opened_at is not None,
        prices_opened=call.prices_opened_at is not None,
        in_race=tuple(name for name, _state in race),
        without_price=tuple(_without_price(call)),
        run_exists=run is not None,
        run_covers=_covers(run, race),
        run_winner=(run.result["winner"] or "") if run else "",
        run_ties=tuple(" = ".join(tie) for tie in run.result["ties"]) if run else (),
        report_ready=_is_ready(report, run),
        report_unsigned=unsigned(report, call.members.filter(ended_at=None, seat=Seat.EVALUATOR)),
        decision_for=award.application.label if award else ((run.result["winner"] or "") if run else ""),
        decision_ready=call.papers.filter(kind=PaperKind.AWARD_DECISION, file__isnull=False).exists(),
        letters=len(letters),
        missing_letters=missing_letters(call, letters),
        unread_letters=tuple(name for name, state in letters if state == LetterState.DRAFT),
        unsent_letters=tuple(name for name, state in letters if state == LetterState.APPROVED),
        standstill_until=call.standstill_until,
        standstill_label=label(call.standstill_until, call=call),
        contract_recorded=hasattr(call, "contract"),
        index_ready=_index_ready(call),
        cancellation_requested=hasattr(call, "cancellation"),
    )


def call_letters(call: Call) -> list[tuple[str, str]]:
    """Return label and state of each letter of the present round."""
    return list(call.letters.filter(round=letter_round(call)).values_list("application__label", "state"))


def missing_letters(call: Call, letters: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return the labels of applicants who must be told and have no letter in the present round."""
    if call.state != CallState.AWARD_DECIDED:
        return ()
    written = {name for name, _state in letters}
    return tuple(one.label for one, _kind in recipients(call) if one.label not in written)


def _index_ready(call: Call) -> bool:
    index = call.papers.filter(kind=PaperKind.ARCHIVE_INDEX).order_by("-number").first()
    return bool(index and index.file_id)


def _is_ready(report: Any, run: Any) -> bool:
    """Tell whether the latest report is in Word and rests on the latest run."""
    rests_on = (report.facts.get("engine") or {}).get("sha256") if report else None
    return bool(report and run and report.file_id and rests_on == run.sha256)


def _covers(run: Any, race: list[tuple[str, str]]) -> bool:
    if run is None:
        return False
    ranked = {line["ref"] for line in run.result["ranking"]}
    return ranked == {name for name, state in race if state in (S.RANKED, S.WINNER)}


def _without_price(call: Call) -> list[str]:
    from procurement.models import Envelope

    opened = Envelope.objects.filter(
        application__call=call, application__state=S.PRICE_OPENED, kind="financial", opened_at__isnull=False
    ).values_list("application__label", "content")
    return sorted(name for name, content in opened if not (content.get("price") or {}).get("total"))

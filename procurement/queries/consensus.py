"""What the panel has before it: every signed mark of one application, and what was agreed."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from procurement.enums import CallState, SheetState, Stage
from procurement.models import Application, Call, Consensus, Score
from procurement.models.facts.panel import awaits_interview
from procurement.rules.consensus import ConsensusFacts, SpreadFacts


def marks_of(application: Application, *, stages: Collection[Stage] = tuple(Stage)) -> dict[str, dict[str, Score]]:
    """Return criterion code -> evaluator label -> score, from signed sheets only, of some stages or of all."""
    scores = Score.objects.filter(
        sheet__application=application,
        sheet__state=SheetState.SIGNED,
        sheet__stage__in=[str(stage) for stage in stages],
    )
    marks: dict[str, dict[str, Score]] = {}
    for score in scores.select_related("criterion", "sheet__member").order_by("sheet__member__label"):
        marks.setdefault(score.criterion.code, {})[score.sheet.member.label] = score
    return marks


def consensus_facts(consensus: Consensus, *, call: Call) -> ConsensusFacts:
    """Gather what writing and settling a consensus depend on; criteria of a stage not held yet are left out."""
    application = consensus.application
    marks = marks_of(application)
    agreed = {mark.criterion_id: mark for mark in consensus.marks.all()}
    leaves = [c for c in call.criteria.filter(parts=None) if c.code in marks]
    return ConsensusFacts(
        stage_open=call.state == CallState.CONSENSUS,
        settled=consensus.settled_at is not None,
        awaits_interview=call.state == CallState.CONSENSUS and awaits_interview(call, application.pk),
        criteria=tuple(
            SpreadFacts(
                code=c.code,
                maximum=c.maximum or Decimal(1),
                marks=tuple(score.mark for score in marks[c.code].values() if score.mark is not None),
                agreed=agreed[c.pk].mark if c.pk in agreed else None,
                reason=agreed[c.pk].reason if c.pk in agreed else "",
            )
            for c in leaves
        ),
        spread_percent=int(call.rules.get("spread_percent", 30)),
        reason_minimum=int(call.rules.get("reason_minimum", 30)),
    )

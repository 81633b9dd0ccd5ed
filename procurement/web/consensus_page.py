"""What the consensus page shows: every mark of one application, their spread, what was written, what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement import permissions as may
from procurement.enums import ApplicationState, CallState, Stage
from procurement.models import Application, Call, Consensus, Criterion, Score
from procurement.queries.consensus import consensus_facts, marks_of
from procurement.queries.kept_marks import counts_consensus
from procurement.queries.run import exact
from procurement.queries.sheets import in_tree_order
from procurement.rules import consensus as rules
from procurement.rules.consensus import ConsensusFacts, SpreadFacts
from procurement.web.acts import reasons_against
from procurement.web.drawings.pictures import Picture, dots_key, dots_picture
from procurement.web.forms.sheets import GENERAL, MarksForm, Written
from procurement.web.totals import Total, marked_applications, threshold_of, totals_of

AROUND = 5  # applications named on each side of the one before the reader


@dataclass(frozen=True)
class SpreadRow:
    """One criterion: the marks in the order of the evaluators, their drawing, the agreed mark, what was written."""

    criterion: Criterion
    scores: tuple[Score | None, ...]
    mean: Decimal
    spread: SpreadFacts
    dots: Picture
    wide: bool  # the spread asks for a reason
    stored: Written
    mark: Any = None
    text: Any = None


def stored_in(consensus: Consensus) -> dict[str, Written]:
    """Return what was agreed, by code."""
    rows = consensus.marks.values_list("criterion__code", "mark", "reason")
    return {**{code: Written(mark, reason) for code, mark, reason in rows}, GENERAL: Written(None, consensus.comment)}


def form_of(consensus: Consensus, sent: Any = None) -> MarksForm:
    """Return the form of a consensus: the criteria that were marked, with what was sent or what is stored."""
    marked = marks_of(consensus.application, stages=stages_shared(consensus.application.call))
    criteria = consensus.application.call.criteria.filter(parts=None, code__in=marked).select_related("parent")
    return MarksForm(sent, criteria=in_tree_order(criteria), stored=stored_in(consensus), look="a-input-n")


def stages_shared(call: Call) -> tuple[Stage, ...]:
    """Return the stages whose marks the panel sees: while interviews are held, those on file only."""
    return (Stage.FILE,) if call.state == CallState.INTERVIEW else (Stage.FILE, Stage.INTERVIEW)


def consensus_context(consensus: Consensus, user: Any, form: MarksForm, *, now: datetime) -> dict[str, Any]:
    """Return the page of one application."""
    application = consensus.application
    call = application.call
    facts = consensus_facts(consensus, call=call)
    chair = may.settle_consensus(call, user)
    writable = chair and not reasons_against(rules.WRITE, facts)
    scores = marks_of(application, stages=stages_shared(call))
    evaluators = sorted({label for by_label in scores.values() for label in by_label})
    rows = [_row(one, scores, evaluators, facts, form, writable=writable) for one in form.criteria]
    return {
        "application": application,
        "consensus": consensus,
        "form": form,
        "rows": rows,
        "evaluators": evaluators,
        "key": dots_key([_named(label, scores) for label in evaluators]),
        **_sums(rows, evaluators),
        "unexplained": facts.unexplained,
        "facts": facts,
        "chair": chair,
        "writable": writable,
        "counts_consensus": counts_consensus(call),
        "threshold": threshold_of(call),
        "to_be_heard": facts.awaits_interview or (call.state == CallState.INTERVIEW and application.invited),
        "settle": _settling(call, application, facts, chair=chair),
        "general_version": form.stored[GENERAL].version,
        "reopenable": chair and consensus.settled_at is not None and call.state == CallState.CONSENSUS,
        "now": now,
        **_among_the_others(call, application),
    }


def _sums(rows: list[Any], evaluators: list[str]) -> dict[str, Any]:
    return {
        "sheet_totals": [{"label": label, "sum": _total(rows, at)} for at, label in enumerate(evaluators)],
        "mean_total": sum((row.mean for row in rows), Decimal(0)),
        "agreed_total": _agreed(rows),
        "points": sum((row.criterion.maximum or Decimal(0) for row in rows), Decimal(0)),
        "wide": [row for row in rows if row.wide],
    }


def _named(label: str, scores: dict[str, dict[str, Score]]) -> str:
    """Return “V2, ICMPD”: whose mark a shape is."""
    member = next(by_label[label].sheet.member for by_label in scores.values() if label in by_label)
    return ", ".join(filter(None, (label, member.organisation_name)))


def _row(
    criterion: Criterion,
    scores: dict[str, dict[str, Score]],
    evaluators: list[str],
    facts: ConsensusFacts,
    form: MarksForm,
    *,
    writable: bool,
) -> SpreadRow:
    by_label = scores[criterion.code]
    spread = next(one for one in facts.criteria if one.code == criterion.code)
    mean = exact(sum(map(Fraction, spread.marks), Fraction()) / len(spread.marks)) if spread.marks else Decimal(0)
    given = tuple(by_label.get(label) for label in evaluators)
    stored = form.stored.get(criterion.code, Written())
    marks = [(label, score.mark if score else None) for label, score in zip(evaluators, given, strict=True)]
    return SpreadRow(
        criterion=criterion,
        scores=given,
        mean=mean,
        spread=spread,
        dots=dots_picture(
            code=criterion.code, maximum=criterion.maximum or Decimal(1), marks=marks, mean=mean, consensus=stored.mark
        ),
        wide=spread.spread_percent > facts.spread_percent,
        stored=stored,
        mark=form[criterion.code] if writable else None,
        text=form[f"{criterion.code}-text"] if writable else None,
    )


def _total(rows: list[SpreadRow], at: int) -> Decimal:
    marks = (row.scores[at].mark for row in rows if row.scores[at] is not None)  # type: ignore[union-attr]
    return sum((mark for mark in marks if mark is not None), Decimal(0))


def _agreed(rows: list[SpreadRow]) -> Decimal | None:
    """Return the sum of the agreed marks, None while one is missing: half a sum would be read as a result."""
    marks = [row.stored.mark for row in rows]
    return None if not marks or None in marks else sum((mark for mark in marks if mark is not None), Decimal(0))


def _settling(call: Call, application: Application, facts: ConsensusFacts, *, chair: bool) -> dict[str, Any] | None:
    if not chair or facts.settled:
        return None
    return {
        "label": _("Settle the consensus on %(label)s") % {"label": application.label},
        "url": reverse("consensus_settlement", args=[call.reference, application.reference]),
        "objections": reasons_against(rules.SETTLE, facts),
    }


def _among_the_others(call: Call, application: Application) -> dict[str, Any]:
    """Return the tabs of the applications around this one with their totals, and the next one that is not settled."""
    listed = marked_applications(call)
    before = list(listed.filter(pk__lt=application.pk).order_by("-id")[:AROUND])[::-1]
    totals = totals_of(
        call, [*before, *listed.filter(pk__gte=application.pk)[: AROUND + 1]], stages=stages_shared(call)
    )
    waiting = listed.filter(consensus__settled_at=None).exclude(pk=application.pk)
    return {
        "tabs_of_applications": [_tab(call, one, current=one.application.pk == application.pk) for one in totals],
        "own_total": next((one for one in totals if one.application.pk == application.pk), None),
        "following": waiting.filter(pk__gt=application.pk).first() or waiting.first(),
    }


def _tab(call: Call, total: Total, *, current: bool) -> dict[str, Any]:
    return {
        "label": f"{total.application.label}, {total.shown}",
        "url": reverse("call_consensus", args=[call.reference, total.application.reference]),
        "current": current,
        "note": _("settled") if total.settled_at else "",
    }


def consensus_of(call: Call, reference: str) -> Consensus | None:
    """Return the consensus of an application that is not out of the race."""
    rows = Consensus.objects.select_related("application__user", "application__organisation", "settled_by")
    found = rows.filter(application__call=call, application__reference=reference).exclude(
        application__state=ApplicationState.EXCLUDED
    )
    consensus = found.first()
    if consensus is not None:
        consensus.application.call = call
    return consensus

"""What the ranking page shows of a run: the answer, the drawing, the table, the numbers opened, and who is out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from procurement.models import Call
from procurement.queries.mark_table import Marks, mark_table, marks_for
from procurement.queries.other_rules import Alternative, alternatives
from procurement.queries.run import ReadRun, exact, points_of, read_run, total_of
from procurement.scoring.explanation import Explanation
from procurement.web.drawings.pictures import Picture, Ranked, ranking_picture
from procurement.web.figures import shown, whole
from procurement.web.unfolding import Unfold, unfold

OPENED_AT_ONCE = 12  # with more, one number is opened at a time
DRAWN = 20  # bars in the drawing; the table has everybody
PER_PAGE = 100
COMPARED = 3  # columns of the table of other rules
COMPARED_AMONG = 500  # with more, the other rules are not reckoned on the page


@dataclass(frozen=True)
class Line:
    """One row of the table, as figures already written."""

    rank: int
    label: str
    mark: str
    technical_score: str
    price: Decimal | None
    financial_score: str
    total: str
    opened: bool


def ranking_context(call: Call, *, number: str = "", of: str = "", page: str = "") -> dict[str, Any]:
    """Return the context for the latest run, or for an earlier one by its number; `of` names the number to open."""
    runs = list(call.engine_runs.defer("problem", "result").order_by("-number").select_related("ran_by"))
    if not runs:
        return {"run": None, "runs": []}
    run = next((one for one in runs if str(one.number) == number), runs[0])
    read = read_run(run)
    labels = list(read.lines)
    opened = labels if len(labels) <= OPENED_AT_ONCE else [of if of in read.lines else labels[0]]
    page_of_lines = Paginator(labels, PER_PAGE).get_page(page or _page_of(labels, of))
    return {
        "run": run,
        "runs": runs,
        "latest": run == runs[0],
        "read": read,
        "answer": answer(read),
        "priced": any(line.price is not None for line in read.lines.values()),
        "picture": _picture(read, labels[:DRAWN]),
        "drawn": DRAWN if len(labels) > DRAWN else 0,
        "page": page_of_lines,
        "lines": [_line(read, label, opened=label in opened) for label in page_of_lines],
        "unfolds": _unfolds(call, read, opened),
        "sentences": _sentences(read) if len(labels) <= OPENED_AT_ONCE else [],
        "compared": labels[:COMPARED],
        "others": _others(read, labels),
        "ties": read.result.ties,
    }


def _page_of(labels: Sequence[str], of: str) -> str:
    return str(labels.index(of) // PER_PAGE + 1) if of in labels else "1"


def answer(read: ReadRun) -> dict[str, Any]:
    """Return the sentence of the top: who is first and with how much, before whom, and by how little."""
    labels = list(read.lines)
    winner = read.result.winner
    if winner is None:
        return {"winner": "", "tied": [ref for tie in read.result.ties for ref in tie]}
    first = total_of(read.lines[winner])
    context = {"winner": winner, "total": shown(first), "drawn": read.run.draws[-1] if _was_drawn(read) else None}
    if len(labels) > 1:
        second = total_of(read.lines[labels[1]])
        context |= {"second": labels[1], "second_total": shown(second), "gap": _gap(first, second)}
    return context


def _gap(first: Fraction, second: Fraction) -> str:
    gap = first - second
    return shown(gap, limit=Fraction(0)) if gap else ""


def _was_drawn(read: ReadRun) -> bool:
    return any(step.code == "tie.drawn" for step in read.result.steps)


def _picture(read: ReadRun, labels: Sequence[str]) -> Picture | None:
    """Draw the bars; a method whose total is not on 100 is drawn on 100 all the same, in proportion."""
    if not labels:
        return None
    return ranking_picture(ranked=[_bar(read, label) for label in labels])


def _bar(read: ReadRun, label: str) -> Ranked:
    line = read.lines[label]
    technical, financial = points_of(line, problem=read.problem)
    scale = _scale(read)
    return Ranked(
        rank=read.ranks[label], name=label, technical=exact(technical * scale), financial=exact(financial * scale),
        total=exact(total_of(line) * scale),
    )  # fmt: skip


def _scale(read: ReadRun) -> Fraction:
    weights = read.problem.weights
    if weights is None:
        return Fraction(100) / read.problem.technical.max
    whole_of_it = weights.technical + weights.financial
    return Fraction(1) if whole_of_it == 1 else Fraction(100) / whole_of_it


def _line(read: ReadRun, label: str, *, opened: bool) -> Line:
    line: Explanation = read.lines[label]
    return Line(
        rank=read.ranks[label],
        label=label,
        mark=shown(line.technical, limit=read.problem.technical.threshold),
        technical_score=shown(line.technical_score.value if line.technical_score else None),
        price=exact(line.price) if line.price is not None else None,
        financial_score=shown(line.financial_score.value if line.financial_score else None),
        total=shown(total_of(line)),
        opened=opened,
    )


def _unfolds(call: Call, read: ReadRun, labels: Sequence[str]) -> list[tuple[str, Unfold]]:
    ids = dict(call.applications.filter(label__in=labels).values_list("label", "id"))
    marks: Marks = marks_for(call, among=list(ids.values()))
    return [
        (label, unfold(read, label, table=mark_table(marks, application_id=ids[label], line=read.lines[label])))
        for label in labels
    ]


def _sentences(read: ReadRun) -> list[str]:
    """Say the whole arithmetic, step by step, in the reader's language and with exact figures."""
    return [step.sentence(translate=_, number=whole) for step in read.result.steps]


def _others(read: ReadRun, labels: Sequence[str]) -> list[dict[str, Any]]:
    if len(labels) > COMPARED_AMONG:
        return []
    return [_other(one, labels[:COMPARED]) for one in alternatives(read)]


def _other(one: Alternative, labels: Sequence[str]) -> dict[str, Any]:
    totals = [shown(one.totals.get(label)) for label in labels]
    return {"label": one.label, "totals": totals, "first": one.first}

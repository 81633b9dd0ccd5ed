"""The technical part of an evaluation report: the panel's marks and its members' sheets."""

from collections.abc import Sequence
from decimal import Decimal

from procurement.letters.assessments import Assessment, Sheet
from procurement.letters.blocks import criteria_table, criterion_cell, leaves, tree
from procurement.letters.docx import Folio
from procurement.letters.facts import Criterion, Method
from procurement.letters.results import subtotals, who
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common
from procurement.letters.words import evaluation_report as words
from procurement.letters.words import tables as table_words

_ACROSS = 8  # criteria, or evaluators, side by side on a page


def write(folio: Folio, *, criteria: Sequence[Criterion], method: Method, assessments: Sequence[Assessment]) -> None:
    """Criteria, panel marks by criterion, totals by evaluator, and what was written."""
    folio.chapter(words.TECHNICAL)
    folio.chapter(words.CRITERIA, level=2)
    criteria_table(folio, criteria)
    folio.chapter(words.AVERAGES, level=2)
    folio.text(folio.say(words.AVERAGES_NOTE), style="Note", keep=True)
    asked = leaves(criteria)
    for start in range(0, max(len(asked), 1), _ACROSS):
        part = asked[start : start + _ACROSS]
        _averages(folio, part, assessments, method, last=start + _ACROSS >= len(asked), split=len(asked) > _ACROSS)
    if any(one.sheets for one in assessments):
        folio.chapter(words.SHEETS, level=2)
        folio.text(folio.say(words.SHEETS_NOTE), style="Note", keep=True)
        _totals(folio, assessments, method)
    _written(folio, assessments)


def _averages(
    folio: Folio,
    part: Sequence[Criterion],
    assessments: Sequence[Assessment],
    method: Method,
    *,
    last: bool,
    split: bool,
) -> None:
    title = folio.say(words.AVERAGES)
    if split:
        title = folio.say(words.AVERAGES_PART, first=part[0].code, last=part[-1].code)
    columns = [Column(title=folio.say(common.APPLICATION), share=30)]
    for one in part:
        head = f"{one.code}\n/ {folio.number(one.maximum)}"
        columns.append(Column(title=head, share=9, align="right"))
    if last:
        maximum = folio.number(method.technical_maximum)
        total = f"{folio.say(table_words.TOTAL)}\n/ {maximum}"
        columns.append(Column(title=total, share=11, align="right"))
        columns.append(Column(title=folio.say(words.REACHED), share=11, align="right"))
    rows = [_average(folio, one, part, method, last=last) for one in assessments]
    folio.table(columns, rows, title=title, caption=split)


def _average(folio: Folio, one: Assessment, part: Sequence[Criterion], method: Method, *, last: bool) -> Row:
    known = {mark.code: mark.mark for mark in one.marks}
    row: list[Cell | str] = [who(one.applicant)]
    row += [folio.mark(known.get(leaf.code), threshold=leaf.minimum) for leaf in part]
    if last:
        row.append(Cell(text=folio.mark(one.total, threshold=method.threshold), strong=True))
        row.append(folio.say(common.YES if one.passed else common.NO))
    return row


def _evaluators(assessments: Sequence[Assessment]) -> list[str]:
    return list(dict.fromkeys(sheet.evaluator for one in assessments for sheet in one.sheets))


def _totals(folio: Folio, assessments: Sequence[Assessment], method: Method) -> None:
    evaluators = _evaluators(assessments)
    for start in range(0, len(evaluators), _ACROSS):
        part = evaluators[start : start + _ACROSS]
        columns = [Column(title=folio.say(common.APPLICATION), share=30)]
        columns += [Column(title=label, share=9, align="right") for label in part]
        columns.append(Column(title=folio.say(table_words.SPREAD), share=11, align="right"))
        columns.append(Column(title=folio.say(words.KEPT), share=12, align="right"))
        rows: list[Row] = []
        for one in assessments:
            totals = {sheet.evaluator: sheet.total for sheet in one.sheets}
            spread = max(totals.values()) - min(totals.values()) if totals else None
            kept = Cell(text=folio.mark(one.total, threshold=method.threshold), strong=True)
            marks = [folio.mark(totals.get(label)) for label in part]
            rows.append([who(one.applicant), *marks, folio.mark(spread), kept])
        folio.table(columns, rows, title=folio.say(words.SHEETS))


def _written(folio: Folio, assessments: Sequence[Assessment]) -> None:
    told = [one for one in assessments if one.strengths or one.weaknesses or one.consensus]
    if not told:
        return
    folio.chapter(words.ASSESSMENTS, level=2)
    for one in told:
        folio.heading(who(one.applicant), level=3)
        for phrase, text in (
            (words.STRENGTHS, one.strengths),
            (words.WEAKNESSES, one.weaknesses),
            (words.CONSENSUS, one.consensus),
        ):
            if text:
                folio.text(folio.say(phrase, text=text))


def write_sheets(folio: Folio, *, criteria: Sequence[Criterion], assessments: Sequence[Assessment]) -> None:
    """Each application's individual marks by criterion, beside the marks kept."""
    detailed = [one for one in assessments if any(sheet.marks for sheet in one.sheets)]
    if not detailed:
        return
    folio.chapter(words.ANNEX_SHEETS)
    for one in detailed:
        for start in range(0, len(one.sheets), _ACROSS):
            _sheets(folio, criteria, one, one.sheets[start : start + _ACROSS])


def _sheets(folio: Folio, criteria: Sequence[Criterion], one: Assessment, sheets: Sequence[Sheet]) -> None:
    columns = [Column(title=folio.say(table_words.CRITERION), share=50)]
    columns += [Column(title=sheet.evaluator, share=10, align="right") for sheet in sheets]
    columns.append(Column(title=folio.say(words.KEPT), share=13, align="right"))
    given: list[dict[str, Decimal]] = [subtotals(criteria, sheet.marks) for sheet in sheets]
    kept = subtotals(criteria, one.marks)
    rows: list[Row] = []
    for node, depth in tree(criteria):
        marks = [folio.mark(marks.get(node.code)) for marks in (*given, kept)]
        cells = [Cell(text=mark, strong=depth == 0) for mark in marks]
        rows.append([criterion_cell(folio, node, depth), *cells])
    totals = [folio.mark(total) for total in (*(sheet.total for sheet in sheets), one.total)]
    rows.append([folio.say(table_words.TOTAL), *totals])
    title = folio.say(words.MARKS_OF, who=who(one.applicant))
    folio.table(columns, rows, title=title, caption=True, last_strong=True)

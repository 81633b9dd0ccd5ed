"""Tables that several papers share and that tell results: marks, ranking, exclusions."""

from collections.abc import Sequence
from decimal import Decimal

from procurement.letters.arithmetic import (
    SUMMED,
    bounds_of,
    formula_in_numbers,
    formula_in_words,
    points,
    rules_in_words,
    tie_in_words,
)
from procurement.letters.blocks import criterion_cell, tree
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, Criterion, Mark, Method
from procurement.letters.outcomes import Exclusion, Ranked
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common, kinds
from procurement.letters.words import method as method_words
from procurement.letters.words import tables as words


def who(applicant: Applicant) -> str:
    """An applicant's label and name, as papers print them."""
    return f"{applicant.label}\u2002{applicant.name}" if applicant.name else applicant.label


def named(folio: Folio, applicant: Applicant, *, labelled: bool = False) -> Cell:
    """An applicant's name, with the label before it if asked, and under it who acts for the firm."""
    name = applicant.represented_by
    note = folio.say(common.REPRESENTED_BY, name=name) if name else ""
    text = who(applicant) if labelled or not applicant.name else applicant.name
    return Cell(text=text, note=note, strong=True)


def subtotals(criteria: Sequence[Criterion], marks: Sequence[Mark]) -> dict[str, Decimal]:
    """The mark of each criterion by code: those given, and for a parent without one the weighted
    sum of its children when all of them have a mark."""
    known = {mark.code: mark.mark for mark in marks}
    for criterion, _ in reversed(list(tree(criteria))):
        children = criterion.children
        if children and criterion.code not in known and all(one.code in known for one in children):
            known[criterion.code] = sum((one.weight * known[one.code] for one in children), start=Decimal(0))
    return known


def marks_table(
    folio: Folio,
    *,
    criteria: Sequence[Criterion],
    marks: Sequence[Mark],
    total: Decimal | None,
    maximum: Decimal,
    threshold: Decimal | None = None,
) -> None:
    """One application's marks down the criteria tree with the reasons, and the total."""
    columns = (
        Column(title=folio.say(words.CRITERION), share=32),
        Column(title=folio.say(words.MAXIMUM), share=11, align="right"),
        Column(title=folio.say(words.MARK), share=11, align="right"),
        Column(title=folio.say(words.COMMENT), share=46),
    )
    known = subtotals(criteria, marks)
    reasons = {mark.code: mark.comment for mark in marks}
    rows: list[Row] = []
    for one, depth in tree(criteria):
        mark = Cell(text=folio.mark(known.get(one.code), threshold=one.minimum), strong=depth == 0)
        out_of = Cell(text=folio.number(one.maximum))
        rows.append([criterion_cell(folio, one, depth), out_of, mark, reasons.get(one.code, "")])
    told = folio.mark(total, threshold=threshold)
    rows.append([folio.say(words.TOTAL), folio.number(maximum), told, ""])
    folio.table(columns, rows, title=folio.say(words.MARKS), last_strong=True)


def method_text(folio: Folio, *, method: Method, criteria: Sequence[Criterion]) -> None:
    """A method in words: its name, its rules, its formula set apart, its tie-break."""
    name = folio.say(method_words.METHODS[method.name])
    folio.text(folio.say(method_words.METHOD_NAME, method=name), strong=True)
    for rule in rules_in_words(method, language=folio.language):
        folio.text(rule)
    for equation in formula_in_words(method, language=folio.language):
        folio.text(equation, style="Formula")
    folio.text(tie_in_words(method, criteria=criteria, language=folio.language))
    folio.text(folio.say(method_words.EXACT))


def ranking_table(folio: Folio, *, ranking: Sequence[Ranked], method: Method) -> None:
    """The combined ranking, the first in the accent colour; scores only for methods that add them."""
    summed = method.name in SUMMED
    columns = [
        Column(title=folio.say(words.RANK), share=8),
        Column(title=folio.say(common.APPLICATION), share=26 if summed else 48),
        Column(title=folio.say(words.TECHNICAL_MARK), share=12, align="right"),
    ]
    if summed:
        columns.append(Column(title=folio.say(words.TECHNICAL_SCORE), share=12, align="right"))
    columns.append(Column(title=folio.say(common.PRICE), share=18, align="right"))
    if summed:
        columns.append(Column(title=folio.say(words.FINANCIAL_SCORE), share=12, align="right"))
        columns.append(Column(title=folio.say(words.TOTAL), share=12, align="right"))
    rows = [_ranked(folio, one, summed=summed) for one in ranking]
    folio.table(columns, rows, title=folio.say(words.RANKING))


def _ranked(folio: Folio, one: Ranked, *, summed: bool) -> list[Cell]:
    first = one.rank == 1
    told = [str(one.rank), who(one.applicant), folio.mark(one.technical)]
    if summed:
        told.append(folio.mark(one.technical_score))
    told.append(folio.amount(one.price, tax=True))
    if summed:
        told += [folio.mark(one.financial_score), folio.mark(one.combined)]
    last = len(told) - 1
    return [
        Cell(text=text, strong=at in (0, 1, last), accent=first and at in (0, 1, last)) for at, text in enumerate(told)
    ]


def points_table(folio: Folio, *, ranking: Sequence[Ranked], method: Method) -> None:
    """How each total is made: the two contributions, then the three equations in numbers."""
    columns = (
        Column(title=folio.say(common.APPLICATION), share=24),
        Column(title=folio.say(words.TECHNICAL_POINTS), share=12, align="right"),
        Column(title=folio.say(words.FINANCIAL_POINTS), share=12, align="right"),
        Column(title=folio.say(words.EQUATIONS), share=52),
    )
    rows: list[Row] = []
    bounds = bounds_of(ranking)
    for one in ranking:
        equations = formula_in_numbers(one, method=method, ranking=ranking, language=folio.language, bounds=bounds)
        parts = [folio.mark(part) for part in points(one, method=method)]
        rows.append([who(one.applicant), *parts, "\n".join(equations)])
    folio.table(columns, rows, title=folio.say(words.DETAIL))


def exclusions_table(folio: Folio, *, exclusions: Sequence[Exclusion], threshold: Decimal | None) -> None:
    """The applications out of the ranking, the ground and the reasons; a price never opened says so."""
    columns = (
        Column(title=folio.say(common.APPLICATION), share=25),
        Column(title=folio.say(words.TECHNICAL_MARK), share=12, align="right"),
        Column(title=folio.say(common.PRICE), share=19, align="right"),
        Column(title=folio.say(words.EXCLUDED_FOR), share=44),
    )
    rows: list[Row] = []
    for one in exclusions:
        closed = folio.say(common.NOT_OPENED)
        price = folio.amount(one.price, tax=True) if one.price_opened else closed
        ground = Cell(text=folio.say(kinds.OUTCOMES[one.outcome]), note=one.reason, strong=True)
        mark = folio.mark(one.technical, threshold=threshold)
        rows.append([who(one.applicant), mark, price, ground])
    folio.table(columns, rows, title=folio.say(words.EXCLUDED))

"""The financial part and the ranking of an evaluation report."""

from collections.abc import Sequence

from procurement.letters.arithmetic import SUMMED
from procurement.letters.docx import Folio
from procurement.letters.facts import Method
from procurement.letters.outcomes import EngineRun, Exclusion, PriceLine, Ranked, Tie
from procurement.letters.results import exclusions_table, points_table, ranking_table, who
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common
from procurement.letters.words import evaluation_report as words


def write_prices(folio: Folio, *, prices: Sequence[PriceLine], remarks: str) -> None:
    """The financial envelopes opened: prices, corrections, flags."""
    if not prices and not remarks:
        return
    folio.chapter(words.FINANCIAL)
    folio.text(folio.say(words.FINANCIAL_NOTE), keep=True)
    columns = (
        Column(title=folio.say(common.APPLICATION), share=28),
        Column(title=folio.say(words.OFFERED), share=18, align="right"),
        Column(title=folio.say(words.CORRECTED), share=18, align="right"),
        Column(title=folio.say(common.REMARKS), share=36),
    )
    rows: list[Row] = []
    for one in prices:
        flags = ((one.over_ceiling, words.OVER_CEILING), (one.abnormally_low, words.ABNORMALLY_LOW))
        flagged = ", ".join(folio.say(word) for held, word in flags if held)
        told = "\n".join(part for part in (one.correction, one.remark) if part)
        prices_told = [folio.amount(price, tax=True) for price in (one.offered, one.corrected)]
        rows.append([who(one.applicant), *prices_told, _remark(folio, flagged, told)])
    folio.table(columns, rows, title=folio.say(words.FINANCIAL))
    folio.text(remarks)


def _remark(folio: Folio, flagged: str, told: str) -> Cell:
    if flagged:
        return Cell(text=flagged, note=told, strong=True)
    return Cell(text=told or folio.say(common.EMPTY))


def write_ranking(
    folio: Folio,
    *,
    ranking: Sequence[Ranked],
    method: Method,
    tie: Tie,
    exclusions: Sequence[Exclusion],
) -> None:
    """The combined table, the arithmetic of each line, the ties, and who is out and why."""
    folio.chapter(words.TABLE, level=2)
    ranking_table(folio, ranking=ranking, method=method)
    if ranking and method.name in SUMMED:
        folio.chapter(words.ARITHMETIC, level=2)
        points_table(folio, ranking=ranking, method=method)
    folio.chapter(words.TIE, level=2)
    labels = ", ".join(tie.labels)
    folio.text(folio.say(words.TIE_STATES[tie.state], labels=labels, rule=tie.rule))
    folio.text(tie.note)
    folio.chapter(words.EXCLUDED, level=2)
    exclusions_table(folio, exclusions=exclusions, threshold=method.threshold)


def write_engine(folio: Folio, engine: EngineRun) -> None:
    """Which stored calculation the ranking is, and its steps when they are given."""
    instant = folio.instant(engine.ran_at, "second")
    folio.text(folio.say(words.ENGINE, instant=instant, version=engine.version), style="Note", keep=True)
    folio.digest(engine.sha256)
    if engine.steps:
        folio.chapter(words.STEPS, level=2)
        folio.items(engine.steps)

"""Tables with rules instead of boxes, a repeated head, and rows that stay whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from procurement.letters.elements import Element, edge, node, paragraph, run
from procurement.letters.styles import ACCENT, HAIR, INK
from procurement.letters.text import clean

Align = Literal["left", "right", "center"]
_WHOLE = 5  # rows a table may have and still be kept on one page
_GROUP = 8  # a digest is read by groups of eight


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its head, its share of the width, and the side its cells lean on."""

    title: str
    share: int
    align: Align = "left"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: its text, a smaller note and a SHA-256 under it; `accent` marks the winner."""

    text: str
    note: str = ""
    digest: str = ""
    strong: bool = False
    accent: bool = False
    indent: int = 0


Row = Sequence[Cell | str]


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    width: int,
    title: str,
) -> Element:
    """A table `width` twentieths of a point wide; `title` is its text for who cannot see it."""
    widths = _widths([column.share for column in columns], width)
    element = _frame(widths, width, title, head=True)
    element.append(_head(columns, widths))
    for at, row in enumerate(rows):
        element.append(_row(row, columns, widths, keep=_kept(at, len(rows))))
    return element


def _kept(at: int, rows: int) -> bool:
    # A small table stays whole; a long one never leaves a single row alone at either end.
    return at < rows - 1 and (rows <= _WHOLE or at in (0, rows - 2))


def facts_table(rows: Sequence[Sequence[Cell]], *, width: int, title: str) -> Element:
    """A summary list: what it is on the left, what it says on the right, without a head."""
    columns = (Column(title="", share=28), Column(title="", share=72))
    widths = _widths([column.share for column in columns], width)
    element = _frame(widths, width, title, head=False)
    for at, row in enumerate(rows):
        keep = _kept(at, len(rows))
        element.append(_row(row, columns, widths, keep=keep, name="TableName"))
    return element


def _widths(shares: Sequence[int], width: int) -> list[int]:
    whole = sum(shares)
    widths = [width * share // whole for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _frame(widths: Sequence[int], width: int, title: str, *, head: bool) -> Element:
    flags = {"firstRow": int(head), "lastRow": 0, "firstColumn": 1, "lastColumn": 0}
    properties = node(
        "tblPr",
        node("tblW", w=width, type="dxa"),
        node(
            "tblBorders",
            edge("top", size=0 if head else 4, colour=INK),
            edge("bottom", size=4, colour=HAIR),
            edge("insideH", size=4, colour=HAIR),
        ),
        node("tblLayout", type="fixed"),
        node(
            "tblCellMar",
            node("top", w=55, type="dxa"),
            node("left", w=0, type="dxa"),
            node("bottom", w=55, type="dxa"),
            node("right", w=120, type="dxa"),
        ),
        node("tblLook", val="0480" if not head else "04A0", noHBand=0, noVBand=1, **flags),
        node("tblCaption", val=clean(title)),
    )
    grid = node("tblGrid", *(node("gridCol", w=one) for one in widths))
    return node("tbl", properties, grid)


def _head(columns: Sequence[Column], widths: Sequence[int]) -> Element:
    line = node("tr", node("trPr", node("cantSplit"), node("tblHeader")))
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        border = node("tcBorders", edge("bottom", size=8, colour=INK))
        properties = node("tcPr", node("tcW", w=width, type="dxa"), border)
        for margins in _margins(columns, at):
            properties.append(margins)
        properties.append(node("vAlign", val="bottom"))
        words = paragraph("TableHead", run(column.title), align=_side(column.align))
        line.append(node("tc", properties, words))
    return line


def _margins(columns: Sequence[Column], at: int) -> list[Element]:
    # The last column ends where the rules end; words keep away from figures on their left.
    sides = []
    if at and columns[at].align == "left" and columns[at - 1].align == "right":
        sides.append(node("left", w=160, type="dxa"))
    if at == len(columns) - 1:
        sides.append(node("right", w=0, type="dxa"))
    return [node("tcMar", *sides)] if sides else []


def _side(align: Align) -> str:
    return "" if align == "left" else align


def _row(
    row: Sequence[Cell],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    keep: bool,
    name: str = "",
) -> Element:
    line = node("tr", node("trPr", node("cantSplit")))
    for at, (cell, column, width) in enumerate(zip(row, columns, widths, strict=True)):
        properties = node("tcPr", node("tcW", w=width, type="dxa"))
        for margins in _margins(columns, at):
            properties.append(margins)
        style = name if name and at == 0 else "TableText"
        line.append(node("tc", properties, *_cell(cell, _side(column.align), style, keep=keep)))
    return line


def _cell(cell: Cell, align: str, style: str, *, keep: bool) -> list[Element]:
    marks = [node("b"), node("bCs")] if cell.strong or cell.accent else []
    if cell.accent:
        marks.append(node("color", val=ACCENT))
    written = [paragraph(style, run(cell.text, *marks), align=align, keep=keep)]
    if cell.note:
        written.append(paragraph("TableNote", run(cell.note), align=align, keep=keep))
    if cell.indent:
        for part in written:
            _indent(part, cell.indent)
    if cell.digest:
        written.append(digest(cell.digest, keep=keep))
    return written


def _indent(element: Element, left: int) -> None:
    properties = element[0]
    place = node("ind", left=left)
    side = properties.find(node("jc").tag)
    if side is None:
        properties.append(place)
    else:
        side.addprevious(place)


def line(text: str, *, keep: bool = False) -> Element:
    """A line of figures and letters to be copied as it is."""
    return paragraph("Digest", run(clean(text)), keep=keep)


def digest(sha256: str, *, keep: bool = False) -> Element:
    """A digest in groups of eight, apart for the eye only: its text holds no space to copy."""
    runs: list[Element] = []
    written = clean(sha256)
    for at in range(0, len(written), _GROUP):
        group = written[at : at + _GROUP]
        runs.append(run(group[:-1]))
        runs.append(run(group[-1], node("spacing", val=40)))
    return paragraph("Digest", *runs, keep=keep)

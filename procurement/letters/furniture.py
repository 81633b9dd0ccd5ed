"""The letterhead of the first page, the running head of the others, the foot of all."""

from docx.document import Document
from docx.section import _Footer, _Header

from procurement.letters.elements import Element, edge, field, node, paragraph, run
from procurement.letters.facts import Call
from procurement.letters.styles import ACCENT, HAIR
from procurement.letters.text import on_one_line, typeset
from procurement.letters.words import common
from procurement.letters.words.phrase import say


def furnish(document: Document, *, call: Call, number: str, kind: str, version: str, mark: str, width: int) -> None:
    """Put the letterhead, the running head and the two identical feet on a document's section;
    `mark` is the beginning of the fingerprint of the paper's facts."""
    section = document.sections[0]
    _fill(section.first_page_header, _letterhead(call, width))
    _fill(section.header, [_running_head(call, width)])
    words = say(common.FOOT, call.language, number=on_one_line(number), kind=kind, version=version, mark=mark)
    for foot in (section.first_page_footer, section.footer):
        _fill(foot, _foot(call, words, width))


def _fill(place: _Header | _Footer, written: list[Element]) -> None:
    root = place.part.element
    for old in list(root):
        root.remove(old)
    for new in written:
        root.append(new)


def _ruled(element: Element, side: str, *, size: int, colour: str, space: int) -> Element:
    element[0].insert(1, node("pBdr", edge(side, size=size, colour=colour, space=space)))
    return element


def _with_tab(element: Element, width: int) -> Element:
    stops = node("tabs", node("tab", val="right", pos=width))
    properties = element[0]
    properties.insert(len(properties), stops)
    return element


def _letterhead(call: Call, width: int) -> list[Element]:
    authority = call.authority
    told = any(authority.city in part for part in authority.address)
    place = [*authority.address, *(() if told else (authority.city,))]
    lines = [paragraph("Authority", run(on_one_line(authority.name)))]
    reach = [part for part in (authority.email, authority.website) if part]
    for parts in (place, reach):
        written = " · ".join(on_one_line(part) for part in parts if part)
        if written:
            lines.append(paragraph("Letterhead", run(written)))
    programme = _programme(call)
    if programme:
        lines.append(paragraph("Letterhead", run(programme, node("color", val=ACCENT))))
    _ruled(lines[-1], "bottom", size=8, colour=ACCENT, space=6)
    return [*lines, paragraph("Gap", run(""))]


def _programme(call: Call) -> str:
    told = on_one_line(call.programme)
    if call.funder:
        told += (" · " if told else "") + say(common.FUNDED_BY, call.language, funder=on_one_line(call.funder))
    return typeset(told, language=call.language)


def _running_head(call: Call, width: int) -> Element:
    words = run(f"{on_one_line(call.authority.name)}\t{on_one_line(call.reference)}")
    line = _with_tab(paragraph("Header", words), width)
    return _ruled(line, "bottom", size=4, colour=HAIR, space=5)


def _foot(call: Call, words: str, width: int) -> list[Element]:
    page = say(common.PAGE, call.language)
    runs = [run(f"{words}\t{page} "), *field("PAGE"), run(" / "), *field("NUMPAGES")]
    line = _with_tab(paragraph("Footer", *runs), width)
    return [_ruled(line, "top", size=4, colour=HAIR, space=5)]

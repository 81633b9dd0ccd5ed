"""The form of a paper: styles, languages, tables, fields, and XML in the order Word insists on."""

import re
from dataclasses import replace

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from procurement.letters.archive_index import ArchiveIndex, Filed
from procurement.letters.registry import KINDS, fingerprint, render_paper
from procurement.letters.styles import STYLES
from tests.procurement.letters.reading import foot_of, head_of, opened, parts
from tests.procurement.letters.sample_papers import PAPERS, english
from tests.procurement.letters.sample_reports import ARCHIVE, digest
from tests.procurement.letters.samples import at

EVERY = [(kind, language) for kind in PAPERS for language in ("fr", "en")]
LANDSCAPE = {"compliance_grid", "archive_index"}

# ISO/IEC 29500-1, the order of the children; Word calls a file damaged when it is not kept.
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl numPr pBdr tabs spacing ind jc outlineLvl",
    "rPr": "rFonts b bCs color spacing sz szCs lang",
    "tblPr": "tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders tcMar vAlign",
    "trPr": "cantSplit tblHeader",
    "tblBorders": "top bottom insideH",
    "tblCellMar": "top left bottom right",
    "tcMar": "left right",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
}


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_paper_opens_and_says_what_it_is(kind: str, language: str) -> None:
    paper = PAPERS[kind] if language == "fr" else english(PAPERS[kind])
    document = opened(paper)
    properties = document.core_properties
    assert properties.language == {"fr": "fr-FR", "en": "en-GB"}[language]
    assert paper.call.reference in properties.title
    assert properties.subject == paper.number
    assert properties.author == ""
    titles = [p for p in document.paragraphs if p.style is not None and p.style.name == "Title"]
    assert len(titles) == 1
    assert titles[0].text in properties.title
    lang = document.styles.element.find(".//" + qn("w:lang"))
    assert lang is not None
    assert lang.get(qn("w:val")) == properties.language


@pytest.mark.parametrize("kind", PAPERS)
def test_head_and_foot_name_the_authority_the_paper_and_its_facts(kind: str) -> None:
    paper = PAPERS[kind]
    head, foot = head_of(paper), foot_of(paper)
    assert paper.call.authority.name in head
    assert paper.call.programme in head
    for told in (paper.number, f"{kind} {KINDS[kind].version}", fingerprint(paper=paper)[:16]):
        assert told in foot
    fields = re.findall(r"instrText[^>]*> (\w+) <", parts(render_paper(paper=paper))["word/footer1.xml"].decode())
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("kind", PAPERS)
def test_every_table_repeats_its_head_and_keeps_its_rows_whole(kind: str) -> None:
    document = opened(PAPERS[kind])
    assert document.tables
    width = sum(int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid.iterchildren())
    for table in document.tables:
        rows = list(table._tbl.iterchildren(qn("w:tr")))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        headed = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert headed == [look.get(qn("w:firstRow")) == "1"] + [False] * (len(rows) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iterchildren()) == width


@pytest.mark.parametrize("kind", PAPERS)
def test_the_page_is_a4_with_numbered_headings(kind: str) -> None:
    document = opened(PAPERS[kind])
    section = document.sections[0]
    sides = (section.page_width, section.page_height)
    assert all(side is not None for side in sides)
    measured = sorted(round((side or 0) / Mm(1)) for side in sides)
    assert measured == [210, 297]
    assert (measured[0] != round((sides[0] or 0) / Mm(1))) == (kind in LANDSCAPE)
    names = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None}
    assert kind.startswith("letter_") == ("Heading 1" not in names)
    for level, heading in enumerate(("Heading1", "Heading2", "Heading3")):
        numbered = document.styles.element.find(f".//{qn('w:style')}[@{qn('w:styleId')}='{heading}']//{qn('w:numPr')}")
        assert numbered is not None
        assert numbered.find(qn("w:ilvl")).get(qn("w:val")) == str(level)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_elements_stand_in_the_order_of_the_standard(kind: str, language: str) -> None:
    paper = PAPERS[kind] if language == "fr" else english(PAPERS[kind])
    document = opened(paper)
    package = document.part.package
    roots = [part.element for part in package.iter_parts() if hasattr(part, "element")]
    assert len(roots) >= 8
    styles = set(STYLES)
    for root in roots:
        for name, order in ORDER.items():
            for element in root.iter(qn(f"w:{name}")):
                places = [order.split().index(child.tag.rpartition("}")[2]) for child in element]
                assert places == sorted(places), (name, places)
        for used in root.iter(qn("w:pStyle")):
            assert used.get(qn("w:val")) in styles
        for cell in root.iter(qn("w:tc")):
            assert cell[-1].tag == qn("w:p")


def test_a_table_of_sixty_rows_has_one_repeated_head_and_sixty_whole_rows() -> None:
    filed = tuple(
        Filed(title=f"Pièce {one}", filename=f"{one}.pdf", sha256=digest(str(one)), dated_at=at(12))
        for one in range(60)
    )
    paper: ArchiveIndex = replace(ARCHIVE, documents=filed)
    table = opened(paper).tables[1]
    rows = list(table._tbl.iterchildren(qn("w:tr")))
    assert len(rows) == 61
    assert len(list(table._tbl.iter(qn("w:tblHeader")))) == 1
    assert STYLES["TableHead"].keep, "the head stays with the first row"
    kept = [row.find(f".//{qn('w:keepNext')}") is not None for row in rows]
    assert kept == [False, True, *[False] * 57, True, False], "neither end leaves a row alone on a page"


def test_a_digest_can_be_copied_whole() -> None:
    texts = [paragraph.text for cell in opened(ARCHIVE).tables[1].column_cells(1) for paragraph in cell.paragraphs]
    assert digest("avis") in texts

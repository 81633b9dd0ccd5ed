"""Strings and lists nobody hoped for: papers stay whole, readable and honest."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.letters.facts import Applicant, Paper
from procurement.letters.letter_late import LateLetter
from procurement.letters.registry import render_paper
from procurement.letters.text import clean
from tests.procurement.letters.reading import head_of, opened, text_of
from tests.procurement.letters.sample_evaluation import EVALUATION
from tests.procurement.letters.sample_letters import LATE
from tests.procurement.letters.sample_papers import PAPERS, english
from tests.procurement.letters.sample_reports import RECEIPT

# A null, a bell, an escape, a lone surrogate, a non-character, an override, markup, a formula, a template's braces.
NASTY = "A\x00\x07\x1b[31m\ud800\uffff\u202egnp.exe\u202c <w:p/> &amp; =1+1 {x} %s \u0085fin\r\nsuite\tcol"


def _spoiled(value: Any, path: str = "") -> Any:
    """The same paper with every free text made nasty; codes, zones and choices are left."""
    if isinstance(value, str):
        kept = ("language", "timezone", "currency", "role", "outcome", "state", "envelope", "name", "mode", "tax")
        name = path.rpartition(".")[2]
        exact = name in (
            "ground",
            "criterion",
            "code",
            "normalise",
            "price_formula",
            "aggregate",
            "technical",
            "financial",
        )
        return value if exact or (name in kept and len(value) < 24 and " " not in value) else NASTY + value
    if isinstance(value, tuple):
        return tuple(_spoiled(one, path) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        spoiled = {field.name: _spoiled(getattr(value, field.name), f"{path}.{field.name}") for field in fields(value)}
        return replace(value, **spoiled)
    return value


def _emptied(paper: Paper) -> Paper:
    changed: dict[str, Any] = {}
    for field in fields(paper):
        value = getattr(paper, field.name)
        if isinstance(value, tuple):
            changed[field.name] = ()
        elif isinstance(value, str) and field.name != "number":
            changed[field.name] = "" if " " in value else value
    return replace(paper, **changed)


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_full_of_nasty_strings_opens_and_shows_none_of_the_tricks(kind: str) -> None:
    for paper in (PAPERS[kind], english(PAPERS[kind])):
        told = text_of(_spoiled(paper)) + head_of(_spoiled(paper))
        assert "gnp.exe" in told
        assert "<w:p/> &amp; =1+1 {x} %s" in told
        assert not any(sign in told for sign in "\x00\x07\x1b\u202e\u202c\ud800\uffff\u0085")


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_with_empty_lists_still_opens(kind: str) -> None:
    for paper in (_emptied(PAPERS[kind]), _emptied(english(PAPERS[kind]))):
        assert opened(paper).paragraphs


def test_empty_tables_say_so() -> None:
    told = text_of(_emptied(EVALUATION))
    assert "Néant." in told


@given(st.text(max_size=60))
@settings(max_examples=25)
def test_any_name_at_all_can_be_written(name: str) -> None:
    letter: LateLetter = replace(LATE, applicant=Applicant(label="E1", name=name, address=(name,)), personal_note=name)
    assert render_paper(paper=letter)


@given(st.text())
def test_cleaning_is_done_once_and_for_all(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


def test_arabic_and_its_marks_are_kept() -> None:
    name = "ليلى\u200f بن علي"
    letter: LateLetter = replace(LATE, applicant=Applicant(label="E1", name=name))
    assert name in text_of(letter)


def test_a_very_long_word_stays_in_its_cell() -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 8
    files = (replace(RECEIPT.files[0], filename=f"{word}.pdf"),)
    document = opened(replace(RECEIPT, files=files))
    layouts = document.element.body.findall(".//{*}tblLayout")
    assert layouts
    assert all("fixed" in layout.values() for layout in layouts)
    assert word in text_of(replace(RECEIPT, files=files))


def test_line_ends_in_a_title_do_not_break_the_heads() -> None:
    call = replace(LATE.call, title="Un\ntitre\ten deux", reference="REF\n1", programme="P\r\nQ")
    paper = replace(PAPERS["notice"], call=call)
    assert "Un titre en deux" in text_of(paper)
    assert "P Q" in head_of(paper)
    assert opened(paper).core_properties.title.endswith("REF 1")

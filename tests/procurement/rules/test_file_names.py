"""Names from outside are shown and saved under; they never lead anywhere and never hide what they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.rules.file_names import LONGEST, clean_name, extension_of


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("lettre.pdf", "lettre.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Nadia\\cv.docx", "cv.docx"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("re\u0301fe\u0301rences.pdf", "références.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('nom "étrange" <1>.pdf', "nom -étrange- -1-.pdf"),
        ("   .  ", "document"),
        ("", "document"),
        (".pdf", "pdf"),
    ],
)
def test_what_becomes_of_a_name(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = clean_name("x" * 300 + ".docx")
    assert len(kept) == LONGEST
    assert kept.endswith("x.docx")


@given(st.text(max_size=400))
def test_no_name_leads_elsewhere_or_hides_anything(sent: str) -> None:
    kept = clean_name(sent)
    assert kept
    assert len(kept) <= LONGEST
    assert not set(kept) & set('/\\<>:"|?*\x00')
    assert not kept.startswith(".")
    assert not any(
        unicodedata.category(c) in {"Cc", "Cs"} or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069" for c in kept
    )
    assert clean_name(kept) == kept


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a", ""), ("a.tar.gz", "gz"), (".pdf", ""), ("a.", "")]
)
def test_the_ending_of_a_name(name: str, ending: str) -> None:
    assert extension_of(name) == ending

"""A hostile name is only data: harmless in a header, in an archive, in a page; one that lies about its file is refused."""

from __future__ import annotations

import unicodedata
import zipfile
from email.message import Message
from io import BytesIO
from urllib.parse import unquote

from django.utils.html import escape
from django.utils.http import content_disposition_header

from procurement.rules.file_names import clean_name
from tests.procurement.applying import PDF
from tests.procurement.hostile.names import names
from tests.procurement.hostile.shapes import Shape
from tests.procurement.hostile.test_hostile_files import verdict
from workflow.contents.kinds import look_at


def test_there_are_a_hundred() -> None:
    assert len(set(names())) == len(list(names())) >= 100


def test_each_becomes_a_name_that_leads_nowhere_and_hides_nothing() -> None:
    for sent in names():
        kept = clean_name(sent)
        assert kept == clean_name(kept), repr(sent)
        assert 0 < len(kept) <= 150, repr(sent)
        assert len(kept.encode()) <= 240, repr(sent)
        assert not set(kept) & set('/\\<>:"|?*'), repr(sent)
        assert not kept.startswith((".", " ", "-")), repr(sent)
        assert not kept.endswith((".", " ")), repr(sent)
        assert {unicodedata.category(c) for c in kept}.isdisjoint({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}), repr(sent)
        assert kept.split(".")[0].strip().casefold() not in {
            "con",
            "prn",
            "aux",
            "nul",
            "com1",
            "lpt9",
            "com¹",
            "conin$",
        }, repr(sent)


def test_each_stays_one_value_of_one_header() -> None:
    for sent in names():
        kept = clean_name(sent)
        header = content_disposition_header(True, kept)
        assert header.isascii(), repr(sent)
        assert header.isprintable(), repr(sent)
        read = Message()
        read["Content-Disposition"] = header
        assert read.get_content_disposition() == "attachment", repr(sent)
        _, _, said = header.partition("filename*=utf-8''")
        assert (unquote(said) if said else read.get_filename()) == kept, repr(sent)


def test_each_goes_through_an_archive_and_a_page_unchanged() -> None:
    held = BytesIO()
    kept = sorted({clean_name(sent) for sent in names()})
    with zipfile.ZipFile(held, "w") as packed:
        for name in kept:
            packed.writestr(name, b"x")
    with zipfile.ZipFile(held) as packed:
        assert sorted(packed.namelist()) == kept
    assert not any(set(escape(name)) & set("<>\"'") for name in kept)


def test_an_ending_that_lies_is_refused() -> None:
    read = look_at(lambda start, length: PDF[start : start + length], size=len(PDF))
    for sent in names():
        codes = verdict(Shape("", sent, PDF, ""), read)
        assert codes == (set() if clean_name(sent).lower().endswith(".pdf") else {"FIL-06"}), repr(sent)

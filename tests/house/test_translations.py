"""Every sentence of the product is there in French, with the same values in it."""

import re

import polib
import pytest

from infra.local import places
from infra.local.catalogues import TRANSLATED
from infra.local.sentences import Sentence, found

VALUES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")


def _catalogue(language):
    return polib.pofile(str(places.ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def _translated(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_search_finds_sentences_of_every_kind():
    said = found()
    assert len(said) > 500
    assert any(sentence.context for sentence in said)
    assert any(sentence.plural for sentence in said)
    assert Sentence("", "Skip to content", "") in said
    assert {file.rpartition(".")[2] for files in said.values() for file in files} >= {"py", "html"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_without_translation(language):
    known = {
        Sentence(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
        for entry in _catalogue(language)
        if entry.translated() and not entry.obsolete
    }
    assert sorted(set(found()) - known) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_values_of_its_sentence(language):
    entries = [entry for entry in _catalogue(language) if not entry.obsolete]
    assert entries
    for entry in entries:
        wanted = set(VALUES.findall(entry.msgid)) | set(VALUES.findall(entry.msgid_plural or ""))
        for text in _translated(entry):
            # One form of a plural may do without its number: “a day”, not “1 day”.
            assert set(VALUES.findall(text)) <= wanted, entry.msgid
            assert entry.msgid_plural or set(VALUES.findall(text)) == wanted, entry.msgid

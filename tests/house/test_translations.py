"""Every sentence of the product is there in French, with the same values in it."""

import re
from gettext import GNUTranslations

import polib
import pytest

from infra.local import places
from infra.local.catalogues import TRANSLATED
from infra.local.sentences import KEYWORDS, ROOMS, Sentence, found

VALUES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
TAGS = re.compile(r"<[^>]*>")
# A straight apostrophe; a plain space before a high sign or inside quotation marks; no space where one is due.
BADLY_SET = re.compile(r"'| [;!?»%€]|« | :(?=\s|$)|[\w)][;:!?](?=\s|$)")


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


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_there_twice_or_half_translated(language):
    entries = [entry for entry in _catalogue(language) if not entry.obsolete]
    keys = [(entry.msgctxt or "", entry.msgid) for entry in entries]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_compiled_catalogue_says_what_its_source_says(language, tmp_path):
    source, compiled = _catalogue(language), tmp_path / "django.mo"
    source.save_as_mofile(str(compiled))
    with compiled.open("rb") as content:
        spoken = GNUTranslations(content)
    for entry in source.translated_entries():
        if entry.msgid_plural:
            for count, form in ((1, 0), (2, 1)):
                assert _counted(spoken, entry, count) == entry.msgstr_plural[form]
        elif entry.msgctxt:
            assert spoken.pgettext(entry.msgctxt, entry.msgid) == entry.msgstr
        else:
            assert spoken.gettext(entry.msgid) == entry.msgstr


def _counted(spoken, entry, count):
    if entry.msgctxt:
        return spoken.npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, count)
    return spoken.ngettext(entry.msgid, entry.msgid_plural, count)


def test_french_is_set_with_its_own_apostrophes_and_spaces():
    wrong = [
        text
        for entry in _catalogue("fr")
        for text in _translated(entry)
        if not entry.obsolete and BADLY_SET.search(VALUES.sub("x", TAGS.sub("", text)))
    ]
    assert wrong == []


def test_the_search_knows_every_name_under_which_the_code_translates():
    named = re.compile(r"import [^\n]*\b(n?p?gettext(?:_lazy|_noop)?) as (\w+)")
    aliases = {
        (path.relative_to(places.ROOT).as_posix(), name)
        for room in ROOMS
        for path in (places.ROOT / room).rglob("*.py")
        for _, name in named.findall(path.read_text(encoding="utf-8"))
        if name not in KEYWORDS
    }
    assert aliases == set()

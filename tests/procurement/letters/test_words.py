"""The phrase tables: both languages, the same places to fill, typography, nothing unused."""

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

from procurement.letters import words
from procurement.letters.words.phrase import Counted, Phrase, say, say_count

ROOM = Path(words.__file__).parent.parent
TABLES = [module.name for module in pkgutil.iter_modules(words.__path__) if module.name != "phrase"]


def _phrases(name: str, value: object) -> Iterator[tuple[str, Phrase]]:
    if isinstance(value, Phrase):
        yield name, value
    elif isinstance(value, Counted):
        yield f"{name}.one", value.one
        yield f"{name}.many", value.many
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _phrases(f"{name}[{key}]", one)
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _phrases(f"{name}[{at}]", one)


def _all() -> list[tuple[str, Phrase]]:
    found = []
    for table in TABLES:
        module = importlib.import_module(f"{words.__name__}.{table}")
        for name, value in vars(module).items():
            if name.isupper() or ("_" in name and name == name.upper()):
                found += list(_phrases(f"{table}.{name}", value))
    return found


PHRASES = _all()


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_there_are_phrases_to_check() -> None:
    assert len(PHRASES) > 250


def test_every_phrase_is_whole_in_both_languages() -> None:
    faults = [
        name
        for name, phrase in PHRASES
        if any(text.strip() != text or not text for text in phrase) or _places(phrase.fr) != _places(phrase.en)
    ]
    assert faults == []


def test_every_phrase_is_set_as_its_language_asks() -> None:
    straight = [name for name, phrase in PHRASES if re.search("['\"]", phrase.fr + phrase.en)]
    assert straight == []
    tight = [name for name, phrase in PHRASES if re.search(r"[^\s\u00a0]([;?!»]|:(?!\w))", phrase.fr)]
    assert tight == [], "a space is missing before a sign"
    loose = [name for name, phrase in PHRASES if re.search(r"\s[;?!:,.]", phrase.en)]
    assert loose == [], "a space too many before a sign"


def test_no_french_phrase_can_break_before_its_signs() -> None:
    faults = []
    for name, phrase in PHRASES:
        filled = say(phrase, "fr", **{str(place): "x" for place in _places(phrase.fr)})
        if re.search(r" [;?!:»%]|« ", filled):
            faults.append(name)
    assert faults == []


def _said(source: str) -> Iterator[tuple[str, str]]:
    """The (table, name) pairs a module says, under whatever name it imported the table."""
    aliases = {}
    module = ast.parse(source)
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(words.__name__):
            table = (node.module or "").removeprefix(words.__name__).strip(".")
            for name in node.names:
                if table:
                    yield table, name.name
                else:
                    aliases[name.asname or name.name] = name.name
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
            yield aliases[node.value.id], node.attr


def test_every_phrase_is_said_somewhere() -> None:
    said = {pair for path in ROOM.glob("*.py") for pair in _said(path.read_text())}
    known = {(table, name.split(".")[0].split("[")[0]) for table, _, name in (n.partition(".") for n, _ in PHRASES)}
    assert sorted(known - said) == []


def test_counting_follows_the_language() -> None:
    days = Counted(one=Phrase("{count} jour", "{count} day"), many=Phrase("{count} jours", "{count} days"))
    assert [say_count(days, "fr", count) for count in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]
    assert [say_count(days, "en", count) for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_braces_in_facts_are_text() -> None:
    assert say(Phrase("Nom : {name}", "Name: {name}"), "en", name="{0} {x}") == "Name: {0} {x}"

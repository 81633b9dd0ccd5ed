"""The sentences of the product that have to be translated: found in Python and in templates without gettext's programs."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from . import places

ROOMS = ("config", "workflow", "accounts", "experts", "procurement", "templates")
PLAIN, PLURAL, CONTEXT, BOTH = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "_now", "_lazy", "gettext", "gettext_lazy", "gettext_noop"), PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), BOTH),
}
COMMENTS = ["Translators:"]


class Sentence(NamedTuple):
    """A message id, as gettext knows it; context and plural may be empty."""

    context: str
    text: str
    plural: str


def found() -> dict[Sentence, list[str]]:
    """Return every sentence with the files that say it, sorted."""
    everywhere: dict[Sentence, list[str]] = {}
    for path in _files():
        name = str(path.relative_to(places.ROOT))
        for sentence in _in_file(path):
            if name not in everywhere.setdefault(sentence, []):
                everywhere[sentence].append(name)
    return everywhere


def _files() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((places.ROOT / room).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts and path.is_file():
                yield path


def _in_file(path: Path) -> Iterator[Sentence]:
    text = path.read_text(encoding="utf-8")
    for keyword, words in _in_python(text) if path.suffix == ".py" else _in_template(text, origin=str(path)):
        sentence = _sentence(keyword, words)
        if sentence and sentence.text:
            yield sentence


def _in_python(text: str) -> Iterator[tuple[str, list[str | None]]]:
    """Read the code as Python does: a sentence inside an f-string counts as well."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS:
            yield node.func.id, [_written_out(word) for word in node.args]  # type: ignore[attr-defined]


def _written_out(word: ast.expr) -> str | None:
    return word.value if isinstance(word, ast.Constant) and isinstance(word.value, str) else None


def _in_template(text: str, *, origin: str) -> Iterator[tuple[str, list[str | None]]]:
    # In parentheses, what is left of a template between its sentences may be indented as it likes.
    code = f"(\n{templatize(text, origin=origin)}\n)"
    calls: Any = extract_python(io.BytesIO(code.encode()), KEYWORDS, COMMENTS, {"encoding": "utf-8"})
    for _, keyword, words, _ in calls:
        yield keyword, [words] if isinstance(words, str | None) else list(words)


def _sentence(keyword: str, words: Sequence[str | None]) -> Sentence | None:
    """Return the sentence of one call, or nothing when its words are not written out in it."""
    shape = KEYWORDS[keyword]
    wanted = 1 if shape is PLAIN else len(shape)
    given = [word for word in words[:wanted] if word]
    if len(given) < wanted:
        return None
    context = given.pop(0) if shape in (CONTEXT, BOTH) else ""
    return Sentence(context, given[0], given[1] if len(given) > 1 else "")

"""Small files, small functions: the ceilings of the house."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["config", "workflow", "accounts", "experts", "procurement", "infra"]
FILE_CEILING, FUNCTION_CEILING = 250, 30
FORBIDDEN = {"process", "handle", "manage", "util", "utils", "helper", "helpers", "manager", "data", "info", "service"}
DJANGO_SAYS = {"handle"}  # BaseCommand.handle is Django's own word
# Settings are one file: what differs between places is in the environment. The verifier is one file: people take it away.
ONE_FILE = {"config/settings.py", "workflow/log/verify_log.py"}
Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def sources() -> dict[str, str]:
    """Return path -> text of every source: read once, for they are many and each test reads all of them."""
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in sorted(found)
        if "migrations" not in path.parts
    }


@cache
def lines() -> dict[str, int]:
    """Return path -> how many lines, of every source and of every file of the tests."""
    tests = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    return {path: len(text.splitlines()) for path, text in (sources() | tests).items()}


@cache
def trees() -> dict[str, list[Named]]:
    """Return path -> everything that has a name in it."""
    return {path: [n for n in ast.walk(ast.parse(text)) if isinstance(n, Named)] for path, text in sources().items()}


def test_there_are_sources() -> None:
    assert len(sources()) > 400
    assert len(lines()) > 700


def test_a_file_does_one_thing() -> None:
    assert {path: count for path, count in lines().items() if count > FILE_CEILING and path not in ONE_FILE} == {}


def test_a_function_does_one_thing() -> None:
    long = [
        f"{path}: {one.name}: {length}"
        for path, named in trees().items()
        for one in named
        if not isinstance(one, ast.ClassDef) and (length := _length(one)) > FUNCTION_CEILING
    ]

    assert long == []


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines from the name to the end.

    Left out: the docstring, for words about the code are not the code, and all but one line of a last `return` that
    only fills a dataclass, for a list of columns is one thing however many they are.
    """
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    last = function.body[-1]
    if isinstance(last, ast.Return) and isinstance(last.value, ast.Call) and len(last.value.keywords) > 7:
        total -= (last.end_lineno or last.lineno) - last.lineno
    return total


def test_names_say_what_they_mean() -> None:
    files = [path for path in sources() if Path(path).stem != "manage" and Path(path).stem.lower() in FORBIDDEN]
    names = [
        f"{path}: {one.name}"
        for path, named in trees().items()
        for one in named
        if one.name not in DJANGO_SAYS and one.name.lower().strip("_") in FORBIDDEN
    ]

    assert files == []
    assert names == []

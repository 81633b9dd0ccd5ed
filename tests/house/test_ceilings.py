"""Small files, small functions: the ceilings of the house."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["config", "workflow", "accounts", "experts", "procurement", "infra"]
FILE_CEILING, FUNCTION_CEILING = 250, 30
FORBIDDEN = {"process", "handle", "manage", "util", "utils", "helper", "helpers", "manager", "data", "info", "service"}
DJANGO_SAYS = {"handle"}  # BaseCommand.handle is Django's own word
# Settings are one file: what differs between places is in the environment. The verifier is one file: people take it away.
ONE_FILE = {"config/settings.py", "workflow/log/verify_log.py"}


def sources() -> list[Path]:
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_does_one_thing(path: Path) -> None:
    if str(path.relative_to(ROOT)) not in ONE_FILE:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_CEILING


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_function_does_one_thing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = [f"{f.name}: {length}" for f in functions if (length := _length(f)) > FUNCTION_CEILING]

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


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_names_say_what_they_mean(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {n.name for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))} - DJANGO_SAYS

    assert path.stem == "manage" or path.stem.lower() not in FORBIDDEN
    assert {name for name in names if name.lower().strip("_") in FORBIDDEN} == set()

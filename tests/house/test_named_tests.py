"""Tests that documents name are there: a threat or a fault is not answered by a test that nobody wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.local.test import faults_listed

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
ROW = re.compile(r"^\| (F?\d+) \|(.*)\|$", re.MULTILINE)
DOCUMENTS = {"threat-model.md": 54, "faults.md": 26}
LETTERS = "abcdefg"


def rows(name: str) -> dict[str, str]:
    return dict(ROW.findall((ROOT / "docs" / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(("name", "count"), DOCUMENTS.items())
def test_every_test_that_is_named_is_there(name: str, count: int) -> None:
    found = rows(name)
    assert len(found) == count
    missing = [
        f"{number}: {path}::{test}"
        for number, text in found.items()
        for path, test in NAMED.findall(text)
        if not (ROOT / path).exists() or (test and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_row_names_a_test_or_says_that_nothing_is_built(name: str) -> None:
    silent = [number for number, text in rows(name).items() if not NAMED.search(text) and "not built" not in text]
    assert silent == []


def test_every_fault_names_the_test_that_makes_it() -> None:
    """The clock of the database server (F17) and deploys (F28) are the installation's."""
    found = rows("faults.md")
    assert found.keys() == {f"F{number}" for number in range(1, 28)} - {"F17"}
    vague = [number for number, text in found.items() if not all(test for _path, test in NAMED.findall(text))]
    assert vague == []
    assert not any("not built" in text for text in found.values())


def test_every_fault_has_a_short_form_and_every_test_runs_in_the_long_one() -> None:
    """What needs a server that is really killed runs in `make faults` alone, so that something else must run always."""
    for number, text in rows("faults.md").items():
        files = {path: (ROOT / path).read_text(encoding="utf-8") for path, _test in NAMED.findall(text)}
        usual = [path for path, written in files.items() if "pytestmark = [only_long" not in written]
        assert usual or number == "F23", number
    listed = {f"{path}::{test}" for text in rows("faults.md").values() for path, test in NAMED.findall(text)}
    assert set(faults_listed()) == listed
    named = {one.partition("::")[2] for one in listed}
    for path in (ROOT / "tests" / "faults").glob("test_*.py"):
        assert set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)) <= named, path


def test_each_letter_of_the_annex_has_its_module_and_an_attempt_that_must_fail() -> None:
    for letter in LETTERS:
        text = (ROOT / "tests" / "annex_iv" / f"test_annex_iv_{letter}.py").read_text(encoding="utf-8")
        assert re.search(r"\brefused\(|pytest\.raises|404", text), letter

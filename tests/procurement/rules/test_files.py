"""Which files may answer a requirement, and the sentence each refusal says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from procurement.rules import files
from workflow.guards import objections_to

GOOD = files.FileFacts(
    name="lettre.pdf",
    ending="pdf",
    kind="pdf",
    size=1000,
    largest=100 * 1024 * 1024,
    locked=False,
    damage="",
    formats=("pdf", "docx"),
    attached=0,
    most_files=2,
)


def codes(**changes: object) -> list[str]:
    return [one.code for one in objections_to(files.ACCEPTED, replace(GOOD, **changes))]


def test_a_good_file_passes() -> None:
    assert codes() == []
    assert codes(name="photo.jpeg", ending="jpeg", kind="jpg", formats=()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 0, "kind": ""}, "FIL-01"),
        ({"size": 100 * 1024 * 1024 + 1}, "FIL-02"),
        ({"locked": True}, "FIL-03"),
        ({"locked": True, "kind": ""}, "FIL-03"),
        ({"damage": "overlapping entries", "kind": "zip"}, "FIL-04"),
        ({"kind": "zip"}, "FIL-05"),
        ({"kind": ""}, "FIL-05"),
        ({"ending": "docx"}, "FIL-06"),
        ({"ending": ""}, "FIL-06"),
        ({"kind": "png", "ending": "png"}, "FIL-07"),
        ({"kind": "png", "ending": "pdf"}, "FIL-07"),
        ({"attached": 2}, "FIL-08"),
        ({"here_already": True}, "FIL-09"),
    ],
)
def test_each_fault_has_one_sentence(changes: dict[str, object], code: str) -> None:
    assert codes(**changes) == [code]

"""The rules of presence, signature, declaration and compliance, case by case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from procurement.rules import attendance, compliance, impartiality, signing
from workflow.guards import objections_to

PRESENT = attendance.AttendanceFacts(running=True, accepted=True, key_missing=False)
SIGNABLE = signing.SigningFacts(written=True, latest=True, signed=False)
NEW = impartiality.ImpartialityFacts(list_known=True, over=False, accepted=True, declared=False)
CHECKED = compliance.CheckFacts(
    in_check=True, decided=False, pending=(), standing=(), unread=(), asked=False, window_open=False, due_label="",
    chosen=("A5",), message_length=20,
)  # fmt: skip


def codes(guards: Any, facts: Any, **changes: Any) -> list[str]:
    return [objection.code for objection in objections_to(guards, replace(facts, **changes))]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"running": False}, ["ATT-01"]),
        ({"accepted": False}, ["ATT-02"]),
        ({"key_missing": True}, ["ATT-03"]),
    ],
)
def test_presence(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(attendance.CONFIRM, PRESENT, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"written": False}, ["SIG-01"]),
        ({"latest": False}, ["SIG-02"]),
        ({"signed": True}, ["SIG-03"]),
        ({"dissent_length": 19}, ["SIG-04"]),
        ({"dissent_length": 20}, []),
    ],
)
def test_signature(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(signing.SIGN, SIGNABLE, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"list_known": False}, ["IMP-01"]),
        ({"over": True}, ["IMP-02"]),
        ({"accepted": False}, ["IMP-03"]),
        ({"declared": True}, ["IMP-04"]),
        ({"conflict": True}, ["IMP-05", "IMP-06"]),
        ({"conflict": True, "named": 1, "statement_length": 19}, ["IMP-06"]),
        ({"conflict": True, "named": 2, "unknown": 1, "statement_length": 20}, ["IMP-05"]),
        ({"conflict": True, "named": 1, "statement_length": 20, "declared": True}, []),
    ],
)
def test_declaration(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(impartiality.DECLARE, NEW, **changes) == expected


@pytest.mark.parametrize(
    ("verdict", "note", "document", "expected"),
    [
        ("ok", 0, True, []),
        ("ok", 0, False, ["CMP-03"]),
        ("ok", 10, False, []),
        ("waived", 9, False, ["CMP-03"]),
        ("invalid", 9, True, ["CMP-02"]),
        ("invalid", 10, True, []),
        ("missing", 0, False, []),
    ],
)
def test_verdict_on_a_document(verdict: str, note: int, document: bool, expected: list[str]) -> None:
    assert codes(compliance.CHECK, CHECKED, verdict=verdict, note_length=note, has_document=document) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"in_check": False}, ["CMP-01"]),
        ({"asked": True}, ["CMP-04"]),
        ({"chosen": ()}, ["CMP-05"]),
        ({"not_askable": ("A1",)}, ["CMP-06"]),
        ({"message_length": 19}, ["CMP-07"]),
    ],
)
def test_request_to_complete(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(compliance.ASK, CHECKED, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"pending": ("A1",)}, ["CMP-08"]),
        ({"unread": ("A5",)}, ["CMP-09"]),
        ({"window_open": True}, ["CMP-10"]),
        ({"standing": ("A5",)}, ["CMP-11"]),
        ({"standing": ("A5",), "compliant": False, "reason_length": 20}, []),
        ({"compliant": False, "reason_length": 19}, ["CMP-12"]),
    ],
)
def test_decision(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(compliance.DECIDE, CHECKED, **changes) == expected

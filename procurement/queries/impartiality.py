"""The committee before the list of applicants: seats, declarations, and the list as it was opened."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from procurement.enums import PaperKind
from procurement.models import Call, CommitteeMember


@dataclass(frozen=True)
class Listed:
    """One line of the list that members declare on: fixed by the opening report, whatever changes later."""

    label: str
    name: str
    sealed: bool  # late: its envelopes stay closed


def seat_of(call: Call, user: Any) -> CommitteeMember | None:
    """Return the live seat of a person on the committee of a call, with its declaration and its key."""
    if user is None or not user.is_authenticated:
        return None
    return call.members.filter(user=user, ended_at=None).select_related("declaration", "key", "user").first()


def committee_of(call: Call) -> QuerySet[CommitteeMember]:
    """Return the live seats of a call, with persons, declarations and keys."""
    return call.members.filter(ended_at=None).select_related("user", "declaration", "key", "replaces")


def list_of_applicants(call: Call) -> tuple[Listed, ...]:
    """Return the list as the opening report fixed it, in order of labels; empty before the opening."""
    report = call.papers.filter(kind=PaperKind.OPENING_REPORT).order_by("number").first()
    if report is None:
        return ()
    lines = {
        line["reception"]["applicant"]["label"]: _listed(line["reception"], sealed=False)
        for line in report.facts["opened"]
    }
    for line in report.facts["left_sealed"]:
        if line["outcome"] == "late" and line["applicant"]["label"]:
            lines.setdefault(line["applicant"]["label"], _listed(line, sealed=True))
    return tuple(sorted(lines.values(), key=lambda line: int(line.label[1:])))


def _listed(reception: dict[str, Any], *, sealed: bool) -> Listed:
    return Listed(label=reception["applicant"]["label"], name=reception["applicant"]["name"], sealed=sealed)


def list_digest(lines: tuple[Listed, ...]) -> str:
    """Return the SHA-256 (64 hex) of the ordered list of labels and names: what a declaration was made on."""
    written = json.dumps([[line.label, line.name] for line in lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()

"""The facts of a receipt in Word: from the signed one, for the applicant; from what was opened, for the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from procurement.letters import facts
from procurement.letters.receipt import Receipt, ReceivedFile, Sealing
from procurement.models import Call, OpeningSession, Submission
from procurement.queries.papers.frame import applicant_facts, call_facts
from procurement.queries.pieces import header_of


def told_by(signed: bytes, *, call: Call) -> Receipt:
    """Return what a signed receipt says, so that its Word file is the same whenever it is written."""
    whole = json.loads(signed)
    told, signature = whole["receipt"], whole["signature"]
    received = datetime.fromisoformat(told["received_at"])
    return Receipt(
        call=call_facts(call, language=told["call"]["language"]),
        number=told["number"],
        issued_at=received,
        applicant=facts.Applicant(label="", name=told["applicant"]["name"]),
        receipt_number=told["number"],
        received_at=received,
        deadline=datetime.fromisoformat(told["deadline"]),
        notice_version=1,
        files=_files(told["documents"]),
        sealings=tuple(_sealing(one) for one in told["envelopes"]),
        late=told["late"],
        opening_at=datetime.fromisoformat(told["opening_at"]) if told["opening_at"] else None,
        replaces=told["replaces"] or "",
        digest=told["sha256"],
        signature=signature["value"],
        key=signature["key"].partition("+")[0],
    )


def receipt_facts(submission: Submission, *, call: Call) -> Receipt:
    """Return the receipt of an opened submission for the file: the documents that were opened, and how all was sealed."""
    before = submission.replaces
    headers = _headers(submission, call=call)
    return Receipt(
        call=call_facts(call),
        number=submission.receipt_number,
        issued_at=submission.submitted_at,
        applicant=applicant_facts(submission.application),
        receipt_number=submission.receipt_number,
        received_at=submission.submitted_at,
        deadline=submission.deadline,
        notice_version=1,
        files=_files(submission.manifest),
        sealings=tuple(_sealing(one) for one in map(_shown, headers)),
        late=submission.late,
        opening_at=call.opening_at,
        replaces=before.receipt_number if before else "",
        digest=submission.sha256,
    )


def opened_in(session: OpeningSession, *, after: int, most: int) -> list[Submission]:
    """Return the next submissions whose envelope was opened in a session, by number, behind one of them."""
    opened = Submission.objects.filter(
        application__call=session.call, envelopes__kind=session.kind, pk__gt=after,
        envelopes__opened_at__gte=session.started_at,
    )  # fmt: skip
    rows = opened.select_related("application__user", "application__organisation", "replaces").order_by("pk")
    return list(rows.prefetch_related("envelopes")[:most])


def _headers(submission: Submission, *, call: Call) -> list[dict[str, Any]]:
    """Return the headers that have their form: one that somebody altered is not printed as what was sealed."""
    submission.application.call = call
    found = []
    for envelope in submission.envelopes.all():
        envelope.application = submission.application
        found.append(header_of(envelope))
    return [header for header in found if header]


def _shown(header: Mapping[str, Any]) -> dict[str, Any]:
    return {**header, "holders": [holder["fingerprint"] for holder in header["holders"]]}


def _files(lines: Iterable[Mapping[str, Any]]) -> tuple[ReceivedFile, ...]:
    return tuple(
        ReceivedFile(
            requirement=line["code"],
            envelope=cast(facts.EnvelopeKind, line["envelope"]),
            filename=line["name"],
            size=line["size"],
            sha256=line["sha256"],
            commitment=line.get("commitment", ""),
            salt=line.get("salt", ""),
        )
        for line in lines
    )


def _sealing(one: Mapping[str, Any]) -> Sealing:
    return Sealing(
        envelope=cast(facts.EnvelopeKind, one["envelope"]),
        in_browser=one["sealed_in"] == "browser",
        sha256=one["body"]["sha256"],
        size=one["body"]["size"],
        quorum=one["quorum"],
        holders=tuple(one["holders"]),
    )

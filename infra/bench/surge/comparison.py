"""Every acknowledgement held against the database, the objects, the events, the mails, and what the opening showed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from infra.bench.surge.clients import Acknowledged, Rush
from procurement.models import Call, Document, Envelope, Submission
from workflow import storage
from workflow.models import AuditEvent, OutboxMessage, StoredFile

STAMPED_WITHIN = timedelta(milliseconds=50)  # by how much the two ways to look at one clock may differ
READERS = 4


@dataclass
class Verdict:
    """What is wrong, each with its sentence, and what is told beside it."""

    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misdated: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Return every sentence."""
        return self.missing + self.doubled + self.misdated


def kept(call: Call, rush: Rush, receipts: Mapping[str, Any], *, shift: timedelta) -> Verdict:
    """Hold acknowledgements and receipts against rows, events, mails and objects, before the opening."""
    verdict = Verdict()
    rows = {one.receipt_number: one for one in _submissions(call)}
    for one in rush.acknowledged:
        row = rows.get(one.receipt)
        if row is None or (row.application.reference, row.idempotency_key) != (one.draft.application, one.draft.key):
            verdict.missing.append(f"{one.receipt} of {one.draft.application}: no such submission")
            continue
        _receipt(verdict, row, receipts.get(one.receipt))
        _stamp(verdict, one, row, shift)
    _once(verdict, rush.acknowledged, rows.values())
    _events(verdict, call, rows.values())
    _objects(verdict, rush, call)
    verdict.told.append(f"recorded without being acknowledged: {len(rows.keys() - rush.receipts)}")
    return verdict


def _submissions(call: Call) -> list[Submission]:
    return list(Submission.objects.filter(application__call=call).select_related("application").order_by("pk"))


def _receipt(verdict: Verdict, row: Submission, signed: Mapping[str, Any] | None) -> None:
    """The signed receipt says what the row says: its number, its instant, its digest."""
    told = signed["receipt"] if signed else {}
    if (told.get("number"), told.get("sha256")) != (row.receipt_number, row.sha256):
        verdict.missing.append(f"{row.receipt_number}: the receipt says {told.get('number')}, {told.get('sha256')}")
    if told and (datetime.fromisoformat(told["received_at"]), told["late"]) != (row.submitted_at, row.late):
        verdict.misdated.append(f"{row.receipt_number}: the receipt says {told['received_at']}, late {told['late']}")


def _stamp(verdict: Verdict, one: Acknowledged, row: Submission, shift: timedelta) -> None:
    """It is stamped between the click and the answer, and late exactly after the deadline."""
    first, last = (datetime.fromtimestamp(moment, UTC) + shift for moment in (one.sent, one.seen))
    if not first - STAMPED_WITHIN <= row.submitted_at <= last + STAMPED_WITHIN:
        verdict.misdated.append(f"{one.receipt}: stamped {row.submitted_at}, sent {first}, answered {last}")
    if row.late != (row.submitted_at > row.deadline):
        verdict.misdated.append(f"{one.receipt}: late is {row.late} at {row.submitted_at}")


def _once(verdict: Verdict, acknowledged: Sequence[Acknowledged], rows: Iterable[Submission]) -> None:
    """One click has one submission and one receipt, however often it was sent."""
    of_key: dict[str, set[str]] = {}
    for one in acknowledged:
        of_key.setdefault(one.draft.key, set()).add(one.receipt)
    verdict.doubled += [f"one click, receipts {sorted(found)}" for found in of_key.values() if len(found) > 1]
    counted = Counter(row.application.reference for row in rows)
    verdict.doubled += [f"{reference}: {count} submissions" for reference, count in counted.items() if count > 1]


def _events(verdict: Verdict, call: Call, rows: Iterable[Submission]) -> None:
    """Each submission has one event and one mail."""
    done = AuditEvent.objects.filter(scope=call.reference, outcome="done", act__in=("submit", "record_late"))
    events = Counter(details.get("submission") for details in done.values_list("details", flat=True))
    posted = OutboxMessage.objects.filter(task="procurement.send_mail", payload__kind__in=("receipt", "late_receipt"))
    mails = Counter(payload["ids"]["receipt"] for payload in posted.values_list("payload", flat=True))
    for row in rows:
        for what, count in (("events", events[row.pk]), ("mails", mails[row.receipt_number])):
            if count != 1:
                (verdict.doubled if count else verdict.missing).append(f"{row.receipt_number}: {count} {what}")


def _objects(verdict: Verdict, rush: Rush, call: Call) -> None:
    """What was attached is in the store, with the digest that its row has."""
    documents = Document.objects.filter(application__call=call, removed_at=None).select_related("file", "requirement")
    files = {
        (one.application.reference, one.requirement.code): one.file for one in documents.select_related("application")
    }
    wanted = {(one.draft.application, "A1") for one in rush.acknowledged} | {(name, "A4") for name in rush.uploaded}
    verdict.missing += [f"{place}: no document" for place in sorted(wanted - files.keys())]
    with ThreadPoolExecutor(READERS) as readers:
        broken = readers.map(_broken, [files[place] for place in sorted(wanted & files.keys())])
    verdict.missing += [sentence for sentence in broken if sentence]
    verdict.told.append(f"objects read back: {len(wanted)}")


def _broken(file: StoredFile) -> str:
    try:
        digest = hashlib.sha256()
        for piece in storage.stream(file):
            digest.update(piece)
    except Exception as error:
        return f"object {file.pk}: {error!r}"
    finally:
        connection.close()
    return "" if digest.hexdigest() == file.sha256 else f"object {file.pk}: another content"


def shown(call: Call, rush: Rush, verdict: Verdict) -> None:
    """Hold acknowledgements against what the opening showed: everybody in time, nobody late, with what was attached."""
    rows = {one.receipt_number: one for one in _submissions(call)}
    opened = set(
        Envelope.objects.filter(submission__application__call=call, kind="technical", opened_at__isnull=False)
        .values_list("submission__receipt_number", flat=True)
    )  # fmt: skip
    digests = {
        (document.application.reference, document.sha256)
        for document in Document.objects.filter(application__call=call, requirement__code="A1").select_related(
            "application"
        )
    }
    states = dict(call.applications.values_list("reference", "state"))
    in_time = 0
    for one in {one.receipt: one for one in rush.acknowledged}.values():
        row = rows.get(one.receipt)
        if row is None:
            continue
        if row.late:
            if one.receipt in opened or states[one.draft.application] != "late":
                verdict.misdated.append(f"{one.receipt}: late, and shown by the opening")
            continue
        in_time += 1
        if one.receipt not in opened or states[one.draft.application] != "opened":
            verdict.missing.append(f"{one.receipt}: in time, and not shown by the opening")
        elif (one.draft.application, one.draft.sha256) not in digests:
            verdict.missing.append(f"{one.receipt}: the opening shows another document")
    verdict.told.append(f"in time {in_time}, late {len(rush.receipts) - in_time}, shown by the opening {len(opened)}")

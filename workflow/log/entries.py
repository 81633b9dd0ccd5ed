"""What of an event goes into the log, byte for byte: the head, the personal body under a commitment, the leaf. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from hmac import digest
from typing import Any, NamedTuple

from workflow.log.notes import instant
from workflow.log.tree import leaf_hash

SALT = 32  # bytes, drawn for each event
PEOPLE = frozenset(
    {"accounts_user", "experts_expert"}
)  # tables whose rows are people: their identifier is personal too
ERASED = {"erased": True}  # what stands in the place of details that were erased
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Written(NamedTuple):
    """An event as the database has it, in the order of COLUMNS; `reasons` and `details` as JSON text."""

    id: int
    at: datetime
    actor_id: int | None
    act: str
    subject_type: str
    subject_id: str
    scope: str
    source: str
    target: str
    outcome: str
    reasons: str
    details: str
    txid: int


COLUMNS = Written._fields


class Entry(NamedTuple):
    """An event as the log holds it; without body and salt when they were erased."""

    head: dict[str, Any]
    body: dict[str, Any] | None
    salt: bytes | None
    leaf: bytes


def canonical(value: Any) -> str:
    """Return JSON with sorted keys, no spaces, and no escapes but those that JSON demands."""
    return _encoder.encode(value)


def commitment(salt: bytes, body: dict[str, Any]) -> bytes:
    """Return HMAC-SHA-256 of the canonical body under the event's salt: without the salt it says nothing of the body."""
    return digest(salt, canonical(body).encode(), "sha256")


def body_of(event: Written) -> dict[str, Any]:
    """Return what may be erased: who acted, the details, and the identifier of a subject that is a person."""
    body: dict[str, Any] = {"actor": event.actor_id, "details": json.loads(event.details)}
    if event.subject_type in PEOPLE:
        body["subject_id"] = event.subject_id
    return body


def head_of(event: Written, *, committed: bytes) -> dict[str, Any]:
    """Return what stays for good: the act, its subject, its place and time, and the commitment to the body."""
    head = {
        "act": event.act, "at": instant(event.at), "body": committed.hex(), "id": event.id, "outcome": event.outcome,
        "reasons": json.loads(event.reasons), "scope": event.scope, "source": event.source,
        "subject_type": event.subject_type, "target": event.target, "txid": event.txid, "v": 1,
    }  # fmt: skip
    if event.subject_type not in PEOPLE:
        head["subject_id"] = event.subject_id
    return head


def leaf_of(head: dict[str, Any]) -> bytes:
    """Return the hash of an entry: of the canonical head, which holds the commitment to the body."""
    return leaf_hash(canonical(head).encode())


def entry_of(event: Written, *, salt: bytes) -> Entry:
    """Return the entry of an event under its salt."""
    body = body_of(event)
    head = head_of(event, committed=commitment(salt, body))
    return Entry(head, body, salt, leaf_of(head))


def erased_entry_of(event: Written, *, committed: bytes) -> Entry:
    """Return the entry of an event whose body and salt are gone: the commitment alone remains of them."""
    head = head_of(event, committed=committed)
    return Entry(head, None, None, leaf_of(head))


def written(rows: Iterable[Any]) -> list[Written]:
    """Return rows of the database as events."""
    return [Written._make(row) for row in rows]

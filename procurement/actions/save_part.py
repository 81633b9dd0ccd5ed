"""Save one part of an application while it is written, sealed: identity, the note to a document, the price form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from procurement.actions.working_copy import demand_sealed_here, lock_to_edit
from procurement.enums import EnvelopeKind
from procurement.models import Application, Requirement
from procurement.models.facts.moments import precise_label
from procurement.models.working_copy import WorkingEnvelope, seal_written, working_envelope
from procurement.rules import pricing, submission
from workflow import audit
from workflow.transitions import demand, use_case

IDENTITY_FIELDS = (
    "name",
    "status",
    "registration_number",
    "representative",
    "address",
    "country",
    "telephone",
    "vat",
    "vat_number",
)
LONGEST_NOTE = 600  # characters


@use_case
def save_identity(
    *, application: Application, identity: Mapping[str, str], actor: Any, now: datetime, seen: str | None = None
) -> WorkingEnvelope:
    """Keep who applies; an unknown field is left out. Refuses after the deadline (SUB-03) and a stale window (SUB-08).

    `seen` is the version of the part that the window began from, None to write whatever is stored.
    """
    written = {field: str(identity.get(field) or "").strip() for field in IDENTITY_FIELDS}
    return _save(
        application, EnvelopeKind.TECHNICAL, "identity", {"identity": written}, actor=actor, now=now, seen=seen
    )


@use_case
def save_note(
    *, application: Application, requirement: Requirement, text: str, actor: Any, now: datetime, seen: str | None = None
) -> WorkingEnvelope:
    """Keep a short note beside the documents of a requirement, 600 characters at most; refuses as save_identity does."""
    kind = EnvelopeKind(requirement.envelope)
    notes = {"notes": {requirement.code: text.strip()[:LONGEST_NOTE]}}
    return _save(application, kind, note_part(requirement.code), notes, actor=actor, now=now, seen=seen)


@use_case
def save_price(
    *,
    application: Application,
    days: Decimal | None,
    rate: Decimal | None,
    expenses: Decimal | None,
    actor: Any,
    now: datetime,
    seen: str | None = None,
) -> WorkingEnvelope:
    """Keep the price form with its total; refuses negative or absurd figures, and as save_identity does."""
    facts = pricing.PriceFacts(days, rate, expenses)
    demand(pricing.WRITTEN, facts, subject=application, act="save_price")
    figures = {"days": days, "rate": rate, "expenses": expenses, "total": pricing.total_of(facts)}
    price = {"price": {name: "" if figure is None else format(figure, "f") for name, figure in figures.items()}}
    return _save(application, EnvelopeKind.FINANCIAL, "price", price, actor=actor, now=now, seen=seen)


def note_part(code: str) -> str:
    """Return the name of the part that holds the note to a document."""
    return f"note:{code}"


def _save(
    application: Application,
    kind: EnvelopeKind,
    part: str,
    values: dict[str, Any],
    *,
    actor: Any,
    now: datetime,
    seen: str | None,
) -> WorkingEnvelope:
    act = f"save_{part.partition(':')[0]}"
    locked = lock_to_edit(application, actor=actor, now=now, act=act)
    envelope = working_envelope(locked, kind)
    demand_sealed_here(locked, envelope=kind, act=act)
    stored = envelope.saved_parts.get(part, "")
    content = {**envelope.content, **_merged(envelope.content, values)}
    if content != envelope.content:
        saving = submission.SavingFacts(seen, stored, precise_label(stored, call=locked.call))
        demand((submission.NOT_CHANGED_ELSEWHERE,), saving, subject=locked, act=act)
    row = envelope.row
    row.sealed, row.saved_at = seal_written(locked, kind, content), now
    row.saved_parts = {**envelope.saved_parts, part: now.isoformat()}
    row.save(update_fields=["sealed", "saved_at", "saved_parts"])
    audit.record(locked, act, actor=actor, now=now, details={"part": part})
    return WorkingEnvelope(row, content)


def _merged(content: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    if "notes" in values:
        return {"notes": {**content.get("notes", {}), **values["notes"]}}
    return values

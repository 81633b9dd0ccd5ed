"""Record the contract that was signed outside."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from procurement import permissions
from procurement.models import Call, Contract
from procurement.models.holding import hold_call
from procurement.rules import contracting
from workflow import audit
from workflow.models import StoredFile
from workflow.transitions import demand, demand_permission, pass_through, use_case


@use_case
def record_contract(
    *, call: Call, signed_on: date, amount: Decimal, stored: StoredFile | None, actor: Any, now: datetime
) -> Contract:
    """Keep the day, the amount and the signed PDF; refuses a day before the award was final, and an amount above it."""
    call = hold_call(call)
    demand_permission(permissions.record_contract(call, actor), subject=call, act="record_contract")
    award = call.awards.filter(withdrawn_at=None).first()
    zone = ZoneInfo(call.timezone)
    facts = contracting.ContractFacts(
        recorded=hasattr(call, "contract"),
        signed_on=signed_on,
        today=now.astimezone(zone).date(),
        final_on=call.awarded_at.astimezone(zone).date() if call.awarded_at else None,
        amount=amount,
        awarded=award.amount if award else None,
        signed_file=stored is not None and stored.media_type == "application/pdf",
    )
    demand(contracting.RECORD, facts, subject=call, act="record_contract")
    assert award is not None  # a guard of the demand
    contract = Contract.objects.create(
        call=call, award=award, signed_on=signed_on, amount=amount, file=stored, recorded_at=now, recorded_by=actor
    )
    audit.record(contract, "keep_contract", actor=actor, now=now, scope=call.reference)
    pass_through(call, "record_contract", actor=actor, now=now)
    return contract

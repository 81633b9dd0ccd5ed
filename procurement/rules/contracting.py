"""What a contract must be before it is recorded. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class ContractFacts:
    """A contract about to be recorded; days are those of the call's zone, `awarded` is the amount of the decision."""

    recorded: bool
    signed_on: date
    today: date
    final_on: date | None
    amount: Decimal
    awarded: Decimal | None
    signed_file: bool


ABOUT = "contract"
ONCE = Guard("CON-01", _("The contract is recorded already."), ABOUT, lambda f: not f.recorded)
NOT_BEFORE = Guard(
    "CON-02",
    _("The contract cannot be signed before the award is final, on %(day)s."),
    ABOUT,
    lambda f: f.final_on is not None and f.signed_on >= f.final_on,
    lambda f: {"day": f.final_on or "…"},
)
NOT_AFTER = Guard("CON-03", _("The day of signature is not past yet."), ABOUT, lambda f: f.signed_on <= f.today)
PRICED = Guard("CON-04", _("The amount must be above zero."), ABOUT, lambda f: f.amount > 0)
AS_AWARDED = Guard(
    "CON-05",
    _("The amount is above the %(awarded)s of the award."),
    ABOUT,
    lambda f: f.awarded is None or f.amount <= f.awarded,
    lambda f: {"awarded": f.awarded},
)
SIGNED = Guard("CON-06", _("Add the signed contract as a PDF file."), ABOUT, lambda f: f.signed_file)

RECORD = (ONCE, NOT_BEFORE, NOT_AFTER, PRICED, AS_AWARDED, SIGNED)

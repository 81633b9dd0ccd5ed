"""How long the papers of a procedure are kept. Pure."""

from __future__ import annotations

from datetime import date

YEARS = 5  # after the contract is signed; reference §7: five years for services, five to seven for EU external action


def keep_until(*, signed_on: date, years: int = YEARS) -> date:
    """Return the last day on which the papers must still be kept; 29 February becomes 28."""
    try:
        return signed_on.replace(year=signed_on.year + years)
    except ValueError:
        return signed_on.replace(year=signed_on.year + years, day=28)

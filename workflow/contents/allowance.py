"""How much may be unpacked to look into one file: a bound on the work, and so on the time. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Allowance:
    """Bytes that may still be unpacked; `spent` says how many were. `short` once something was left unread."""

    left: int
    spent: int = 0
    short: bool = False

    def take(self, wanted: int) -> int:
        """Return how many of the bytes wanted may be unpacked."""
        if wanted > self.left:
            self.short = True
        return max(0, min(wanted, self.left))

    def spend(self, used: int) -> None:
        """Count what was unpacked."""
        self.spent += used
        self.left -= used

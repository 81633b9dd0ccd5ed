"""What an examination of the log found: sound, a tail that is not sealed yet, or broken and where first."""

from __future__ import annotations

from dataclasses import dataclass, field

SOUND, TAIL, BROKEN = 0, 1, 2
SHOWN = 50  # faults that are said; more would not help


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was sealed; `first` is the number of the first bad entry, where one can be named."""

    sentence: str
    first: int | None = None


@dataclass
class Report:
    """The faults in the order found, and what was looked at."""

    entries: int = 0
    seals: int = 0
    erased: int = 0
    waiting: int = 0
    faults: list[Fault] = field(default_factory=list)

    def fault(self, sentence: str, *, first: int | None = None) -> None:
        """Add a fault."""
        self.faults.append(Fault(sentence, first))

    @property
    def first_bad(self) -> int | None:
        """Return the lowest number of an entry that is bad, missing or too many."""
        return min((fault.first for fault in self.faults if fault.first is not None), default=None)

    @property
    def code(self) -> int:
        """Return 0 for a sound log, 1 when only a tail is not sealed, 2 for a broken one."""
        return BROKEN if self.faults else TAIL if self.waiting else SOUND

    def lines(self) -> list[str]:
        """Return what is to be said, the verdict last."""
        said = [f"{self.entries} entries under {self.seals} checkpoints; {self.erased} bodies erased."]
        said += [f"BROKEN: {fault.sentence}" for fault in self.faults[:SHOWN]]
        if more := len(self.faults[SHOWN:]):
            said.append(f"And {more} faults more.")
        if self.first_bad is not None:
            said.append(f"First bad entry: {self.first_bad}.")
        if self.waiting:
            said.append(f"{self.waiting} events are not sealed yet.")
        return [*said, ("The log is sound.", "Sound as far as it is sealed.", "The log is broken.")[self.code]]

"""A reason that the log and the papers can carry. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

MINIMUM = 20  # characters; reference §8.1, rows 2 and 23


@dataclass(frozen=True)
class ReasonFacts:
    """What somebody wrote, and how much of it is needed."""

    text: str
    minimum: int = MINIMUM

    @property
    def length(self) -> int:
        """Return the length without the spaces around."""
        return len(self.text.strip())


GIVEN = (
    Guard(
        "RSN-01", _("Give the reason in at least %(minimum)s characters; it has %(length)s."), "reason",
        lambda f: f.length >= f.minimum, lambda f: {"minimum": f.minimum, "length": f.length},
    ),
)  # fmt: skip

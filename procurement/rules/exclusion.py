"""When an application may be put out of the race by a reasoned decision. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

BEFORE_THE_PROPOSAL = (
    "compliance", "evaluation", "consensus", "interview", "technical_signed", "financial_opened", "ranked",
)  # fmt: skip


@dataclass(frozen=True)
class ExclusionFacts:
    """The state of the call; the state of the application is the arrow's own affair."""

    call_state: str


IN_THE_RACE = Guard(
    "EXC-01", _("An application is excluded between the compliance check and the proposal; a proposed award is returned first."),
    "exclusion", lambda f: f.call_state in BEFORE_THE_PROPOSAL,
)  # fmt: skip

EXCLUDE = (IN_THE_RACE,)

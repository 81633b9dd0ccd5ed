"""When a drawing of lots may be recorded: people draw, the engine never does. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

DRAWN = ("draw", "lots")


@dataclass(frozen=True)
class DrawFacts:
    """A drawing about to be recorded; `ties` are those the latest run left, `order` the labels as they were drawn."""

    ranked: bool
    rules: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...]
    order: tuple[str, ...]


def _is_a_tie(f: DrawFacts) -> bool:
    return any(len(f.order) == len(tie) and set(f.order) == set(tie) for tie in f.ties)


ABOUT = "draw"
RANKED = Guard(
    "DRW-01", _("Lots are drawn after the ranking, before the award is proposed."), ABOUT, lambda f: f.ranked
)
DECLARED = Guard(
    "DRW-02",
    _("The published rules of this call declare no drawing of lots."),
    ABOUT,
    lambda f: bool(set(f.rules) & set(DRAWN)),
)
TIED = Guard(
    "DRW-03",
    _("Give once each, in the order drawn, the applications that are tied: %(ties)s."),
    ABOUT,
    _is_a_tie,
    lambda f: {"ties": tuple(" = ".join(tie) for tie in f.ties)},
)

RECORD = (RANKED, DECLARED, TIED)

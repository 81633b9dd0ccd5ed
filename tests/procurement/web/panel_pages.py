"""A panel whose marks are far apart, and its pages."""

from __future__ import annotations

from typing import Any

from tests.procurement.committees import World
from tests.procurement.panels import GOOD, POOR, fill, scoring, sign
from tests.procurement.web.visits import Visit

REASON = "Two of the three sources are named in the annex, which V1 had not read."


def disputed() -> World:
    """Return a call in consensus: on Ana's C1a the evaluators gave 5, 8 and 9 of 10, and everybody 60 of 65 on C2."""
    world = scoring(interview=True, rules={"shortlist_mark": "70"})
    for evaluator, mark in {"v1": "5", "v2": "8", "v3": "9"}.items():
        fill(world, evaluator, "ana", {**GOOD, "C1a": mark}, comment=f"As {evaluator} sees it.")
        fill(world, evaluator, "ben", POOR)
        sign(world, evaluator, "ana")
        sign(world, evaluator, "ben")
    assert world.fresh().state == "consensus"
    return world


def agreed(world: World, applicant: str = "ana") -> str:
    """Return the address of the consensus on an application."""
    return f"consensus/{world.applications[applicant].reference}/"


def see(world: World, who: str, path: str) -> Any:
    """Ask for a page of the call."""
    return Visit(world[who], world.fresh()).get(path)


def send(world: World, who: str, path: str, *, script: bool = False, **sent: str) -> Any:
    """Send a form of the call, by script or by its button."""
    visit = Visit(world[who], world.fresh())
    typed = {name.replace("_", "-"): text for name, text in sent.items()}
    return visit.client.post(visit.root + path, typed, headers={"Accept": "application/json"} if script else {})

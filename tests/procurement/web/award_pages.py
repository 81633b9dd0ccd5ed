"""A ranked call and its pages from the report to the archive."""

from __future__ import annotations

from typing import Any

from tests.procurement.awards import GRENOBLE, priced, ranked
from tests.procurement.committees import World
from tests.procurement.web.visits import Visit, text_of


def ready_to_report() -> World:
    """Return the Grenoble call, its prices ranked."""
    world = priced(GRENOBLE, late=("lou",))
    ranked(world)
    return world


def see(world: World, who: str, path: str = "award/") -> Any:
    """Ask for a page of the call."""
    return Visit(world[who], world.fresh()).get(path)


def do(world: World, who: str, path: str, **sent: Any) -> Any:
    """Send a form of the call."""
    return Visit(world[who], world.fresh()).post(path, **sent)


def read(world: World, who: str, path: str = "award/") -> str:
    """Return what a person reads of a page."""
    return text_of(see(world, who, path)).replace("\u00a0", " ")

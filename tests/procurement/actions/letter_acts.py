"""A decided call with somebody for each kind of letter, and the acts on its letters."""

from __future__ import annotations

from procurement.actions.exclude_application import exclude_application
from procurement.actions.send_letters import send_letters
from procurement.models import Call, Letter
from procurement.web.letters import blocks
from tests.procurement.awards import GRENOBLE, Bid, decided, priced, ranked
from tests.procurement.committees import World
from workflow import clock


def everybody_to_be_told() -> World:
    """Return a decided call: a winner, a loser, one above the ceiling, one below the threshold, one excluded, late or withdrawn."""
    world = priced(GRENOBLE | {"eve": Bid(82, 13000)}, late=("lou",), withdrawn=("wim",))
    exclude_application(
        application=world.application("eve"), reason="The declaration on honour was false.",
        actor=world["chair"], now=clock.now(),
    )  # fmt: skip
    ranked(world)
    decided(world)
    return world


def send(world: World, who: str = "officer") -> Call:
    """Send the letters."""
    return send_letters(call=world.fresh(), actor=world[who], now=clock.now())


def letter_to(world: World, who: str) -> Letter:
    """Return the letter to an applicant."""
    return Letter.objects.select_related("application__call__organisation", "call__organisation").get(
        application=world.applications[who]
    )


def words_to(world: World, who: str) -> str:
    """Return what the letter to an applicant says."""
    said = [
        " ".join((block.text, *(cell for row in block.rows for cell in row)))
        for block in blocks(letter_to(world, who), now=clock.now())
    ]
    return " ".join(said).replace("\u00a0", " ").replace("\u202f", " ")

"""Pieces of keys as a holder's browser sends them, and what is opened with them."""

from __future__ import annotations

from typing import Any

import pytest

from procurement.actions.open_technical import open_technical
from procurement.models import Envelope, KeyHolder
from tests.procurement.committees import World
from workflow import clock
from workflow.refusals import Refused


def holder_of(world: World, who: str) -> KeyHolder:
    """Return the key of a member."""
    return KeyHolder.objects.select_related("member", "call").get(call=world.call, member=world.seat(who))


def codes(act: Any, *args: Any, **how: Any) -> list[str]:
    """Return the codes with which an act is refused."""
    with pytest.raises(Refused) as refusal:
        act(*args, **how)
    return refusal.value.codes


def open_now(world: World, **how: Any) -> Any:
    """Open the technical envelopes."""
    return open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now(), **how)


def opened(world: World) -> set[str]:
    """Return whose technical envelope is open."""
    rows = Envelope.objects.filter(application__call=world.call, opened_at__isnull=False, kind="technical")
    return {who for who, one in world.applications.items() if one.pk in rows.values_list("application_id", flat=True)}

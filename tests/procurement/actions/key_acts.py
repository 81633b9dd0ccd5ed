"""Acts on the keys of holders, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from procurement.actions.keep_key import keep_key
from procurement.models import KeyHolder
from procurement.queries.roster import name_of
from procurement.sealing.holders import make_holder_key, seal_private
from tests.procurement.drafts import Office
from workflow import clock
from workflow.refusals import Refused


def codes(act: Callable[[], Any]) -> list[str]:
    """Return the codes with which an act is refused."""
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.codes


def keep(world: Office, label: str, *, who: str = "", public: bytes | None = None, **sealed: Any) -> KeyHolder:
    """Keep a new key of a holder, not yet confirmed."""
    holder = world.seat(label).key
    private, made = make_holder_key()
    locked = seal_private(private, passphrase="cinq mots", call=world.call.reference, holder=name_of(holder))
    return keep_key(
        holder=holder, public=made if public is None else public, private_sealed=locked | sealed,
        actor=world.cast[who or label], now=clock.now(),
    )  # fmt: skip

"""Attempts that must fail, and the traces they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.procurement.committees import World
from tests.procurement.web.visits import Visit
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused

# Everybody who works on a call in one way or another, and somebody who has nothing to do with it.
EVERYBODY = ("officer", "approver", "authority", "auditor", "chair", "secretary", "v1", "observer")


def refused(act: Callable[..., Any], **given: Any) -> list[str]:
    """Try an act that must be refused; return the codes of the refusal, and see that it left its event."""
    before = AuditEvent.objects.filter(outcome="refused").count()
    with pytest.raises((Refused, NotPermitted)) as caught:
        act(**given)
    assert AuditEvent.objects.filter(outcome="refused").count() == before + 1
    return caught.value.codes if isinstance(caught.value, Refused) else ["PERMISSION"]


def statuses(world: World, path: str, people: tuple[str, ...] = EVERYBODY) -> dict[str, int]:
    """Return what each person gets who asks for a page of the call."""
    return {who: Visit(world[who], world.fresh()).get(path).status_code for who in people}

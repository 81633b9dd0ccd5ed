"""Acts of the compliance check, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from procurement.actions.ask_completion import ask_completion
from procurement.actions.check_item import check_item
from procurement.actions.decide_compliance import decide_compliance
from procurement.enums import Verdict
from procurement.models import Application, CompletionRequest, ComplianceItem, Requirement
from tests.procurement.committees import World
from workflow import clock
from workflow.refusals import Refused

MESSAGE = "Please join the signed declaration on honour."
REASON = "The declaration on honour was not supplied in time."


def item(world: World, who: str, code: str) -> ComplianceItem:
    """Return what stands about a document of an application."""
    return ComplianceItem.objects.select_related("application__call", "requirement").get(
        application=world.applications[who], requirement__code=code
    )


def check(
    world: World, who: str, code: str, verdict: Verdict, note: str = "", *, by: str = "secretary"
) -> ComplianceItem:
    """Give a verdict on a document."""
    return check_item(item=item(world, who, code), verdict=verdict, note=note, actor=world[by], now=clock.now())


def ask(world: World, who: str, *codes: str, message: str = MESSAGE) -> CompletionRequest:
    """Ask an applicant to complete documents."""
    return ask_completion(
        application=world.application(who), requirements=list(Requirement.objects.filter(call=world.call, code__in=codes)),
        message=message, actor=world["secretary"], now=clock.now(),
    )  # fmt: skip


def decide(world: World, who: str, *, compliant: bool, reason: str = "", by: str = "secretary") -> Application:
    """Decide about an application."""
    return decide_compliance(
        application=world.application(who), compliant=compliant, reason=reason, actor=world[by], now=clock.now()
    )


def refused(act: Any, *args: Any, **facts: Any) -> list[str]:
    """Return the codes with which an act is refused."""
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.codes

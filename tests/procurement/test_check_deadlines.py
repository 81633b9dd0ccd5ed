"""The guard of upgrades: it names the calls for which to wait, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from procurement.enums import CallState
from procurement.models import OpeningSession
from tests.procurement.applying import DEADLINE, open_call
from workflow import clock

pytestmark = pytest.mark.django_db


def said(*options: str) -> str:
    out = StringIO()
    call_command("check_deadlines", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("hours", "free"), [(-4.5, True), (-3.9, False), (-0.01, False), (0.2, False), (0.3, True)])
def test_nothing_is_changed_shortly_before_a_deadline_and_just_after_it(hours: float, free: bool) -> None:
    call = open_call()
    clock.set_to(DEADLINE + timedelta(hours=hours))
    if free:
        assert said() == "No deadline within 4 hours, and nothing is being opened.\n"
        return
    with pytest.raises(CommandError, match=rf"{call.reference}: deadline {DEADLINE:%Y-%m-%d %H:%M} UTC") as stopped:
        said()
    assert stopped.value.returncode == 2


def test_how_long_before_can_be_said() -> None:
    open_call()
    clock.set_to(DEADLINE - timedelta(hours=10))
    assert said()
    with pytest.raises(CommandError):
        said("--hours", "12")


@pytest.mark.parametrize("state", [CallState.DRAFT, CallState.CANCELLED, CallState.OPENED])
def test_a_call_that_collects_nothing_is_nobodys_reason_to_wait(state: str) -> None:
    open_call(state=state)
    clock.set_to(DEADLINE - timedelta(hours=1))
    assert said()


def test_an_opening_under_way_is_waited_for() -> None:
    call = open_call(state=CallState.CLOSED)
    clock.set_to(DEADLINE + timedelta(days=1))
    session = OpeningSession.objects.create(call=call, kind="technical", started_by=call.created_by)
    with pytest.raises(CommandError, match="envelopes are being opened"):
        said()
    session.ended_at = clock.now()
    session.save()
    assert said()

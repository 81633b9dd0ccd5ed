"""The line of steps: what is done, what is now, and how far a call came that ended without award."""

from __future__ import annotations

import pytest

from procurement.enums import CallState as S
from procurement.models import Call
from procurement.web.timeline import steps_of
from tests.procurement.drafts import office
from workflow import clock

pytestmark = pytest.mark.django_db


def states(call: Call) -> list[str]:
    return [step["state"] for step in steps_of(call)]


def test_a_published_call_is_at_its_second_step() -> None:
    call = office("published").call
    assert states(call)[:3] == ["done", "now", ""]


@pytest.mark.parametrize(
    ("moments", "done"), [((), 1), (("closed_at",), 3), (("closed_at", "opened_at"), 4), (("prices_opened_at",), 8)]
)
@pytest.mark.parametrize("state", [S.CANCELLED, S.UNSUCCESSFUL])
def test_a_call_that_ended_without_award_shows_how_far_it_came(state: S, moments: tuple[str, ...], done: int) -> None:
    call = office("published").call
    call.state = state  # the page alone is asked; nothing is written
    for name in moments:
        setattr(call, name, clock.now())
    without_interviews = len(steps_of(call)) == 9
    shown = states(call)
    assert "now" not in shown
    assert shown.count("done") == max(done, 2) - (done == 8 and without_interviews)

"""Annex IV (f): data opened “must remain accessible only to persons authorised to acquaint themselves therewith”."""

from __future__ import annotations

import pytest

from procurement.actions.declare_impartiality import declare_impartiality
from procurement.actions.end_seat import end_seat
from tests.annex_iv.attempts import statuses
from tests.procurement.evaluations import call_in_evaluation, priced_call
from tests.procurement.web.visits import Visit
from workflow import clock

pytestmark = pytest.mark.django_db


def test_a_member_whose_seat_ends_reads_nothing_from_the_next_request_on() -> None:
    world = call_in_evaluation(in_time=("ana",))
    visit = Visit(world["v1"], world.call)
    assert visit.get("evaluation/").status_code == 200
    end_seat(member=world.seat("v1"), reason="Left the authority on this day.", actor=world["officer"], now=clock.now())
    assert visit.get("evaluation/").status_code == 404


def test_a_member_with_a_conflict_reads_nothing_from_the_next_request_on() -> None:
    world = call_in_evaluation(in_time=("ana", "ben"))
    visit = Visit(world["v2"], world.call)
    assert visit.get("evaluation/").status_code == 200
    declare_impartiality(
        call=world.fresh(), conflict=True, with_applications=[world.application("ana")],
        statement="Worked with this applicant last year.", actor=world["v2"], now=clock.now(),
    )  # fmt: skip
    assert visit.get("evaluation/").status_code == 404


def test_prices_are_read_by_the_panel_and_the_auditor_alone_before_the_report_is_signed() -> None:
    found = statuses(priced_call({"ana": 90}), "prices/")
    assert {who for who, status in found.items() if status == 200} == {"auditor", "chair", "secretary", "v1"}

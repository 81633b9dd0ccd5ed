"""Dates that follow from a deadline: the Grenoble call, holidays, changes of clocks, a deadline that moves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procurement.rules.deadlines import holidays_of
from procurement.rules.timeline import moved_with_deadline, proposed, working_day_after

MADRID = "Europe/Madrid"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(MADRID))


def test_the_dates_of_grenoble_follow_from_its_deadline() -> None:
    found = proposed(
        deadline=local("2020-03-12T17:00"),
        zone=MADRID,
        is_holiday=holidays_of("FR"),
        interviews=True,
        standstill_days=10,
    )

    assert found.opening_at == local("2020-03-13T10:00")
    assert found.compliance_at == local("2020-03-16T10:00")
    assert found.scoring_until == local("2020-03-20T18:00")
    assert (found.interviews_from, found.interviews_until) == (date(2020, 3, 23), date(2020, 3, 24))
    assert found.financial_opening_at == local("2020-03-25T14:00")
    assert found.decision_at == local("2020-03-31T12:00")
    assert found.standstill_until == local("2020-04-11T00:00")
    assert found.contract_at == date(2020, 4, 20)  # Easter Monday is no working day in France


def test_questions_and_answers_end_at_the_hour_of_the_deadline() -> None:
    found = proposed(deadline=local("2020-03-05T17:00"), zone=MADRID)

    assert found.questions_until == local("2020-02-20T17:00")
    assert found.answers_until == local("2020-02-27T17:00")


def test_a_call_without_interviews_and_prices_has_no_dates_for_them() -> None:
    found = proposed(deadline=local("2020-03-12T17:00"), zone=MADRID, two_envelopes=False)

    assert found.interviews_from is found.interviews_until is found.financial_opening_at is None
    assert found.decision_at == local("2020-03-26T12:00")


def test_an_hour_that_the_clocks_skip_is_not_proposed() -> None:
    found = proposed(deadline=local("2020-04-12T02:30"), zone=MADRID)  # 29 March, 02:30 does not exist

    assert found.questions_until is None
    assert found.answers_until == local("2020-04-05T02:30")


def test_working_days_skip_weekends_and_holidays() -> None:
    assert working_day_after(date(2020, 4, 9), 1, holidays_of("FR")) == date(2020, 4, 10)
    assert working_day_after(date(2020, 4, 9), 1, holidays_of("ES")) == date(2020, 4, 13)  # Good Friday
    assert working_day_after(date(2020, 4, 10), 1, holidays_of("FR")) == date(2020, 4, 14)


@pytest.mark.parametrize(
    ("hours", "moved"),
    [(0, "2020-03-13T10:00"), (1, "2020-03-14T10:00"), (24, "2020-03-14T10:00"), (7 * 24, "2020-03-20T10:00")],
)
def test_later_dates_move_by_whole_days(hours: int, moved: str) -> None:
    former = local("2020-03-12T17:00")

    assert moved_with_deadline(
        local("2020-03-13T10:00"), former=former, new=former + timedelta(hours=hours), zone=MADRID
    ) == local(moved)


def test_a_day_moves_as_a_day() -> None:
    former = local("2020-03-12T17:00")

    assert moved_with_deadline(date(2020, 3, 23), former=former, new=former + timedelta(days=7), zone=MADRID) == date(
        2020, 3, 30
    )


def test_an_hour_keeps_its_place_on_the_clock_when_the_clocks_change() -> None:
    former = local("2020-03-27T17:00")
    moved = moved_with_deadline(local("2020-03-28T10:00"), former=former, new=local("2020-03-29T17:00"), zone=MADRID)

    assert moved == local("2020-03-30T10:00")


def test_an_hour_that_is_skipped_moves_to_the_day_after() -> None:
    former = local("2020-03-27T02:30")
    moved = moved_with_deadline(local("2020-03-28T02:30"), former=former, new=local("2020-03-28T02:30"), zone=MADRID)

    assert moved == local("2020-03-30T02:30")

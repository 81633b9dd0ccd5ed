"""The timeline: in scale, inside its box, labels clear of each other."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.web.drawings.measure import text_width
from procurement.web.drawings.timeline import Period, Text, Timeline, state_of, timeline

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NOW = datetime(2020, 3, 10, 11, tzinfo=UTC)
START = datetime(2020, 2, 3, 9, tzinfo=UTC)
DEADLINE = datetime(2020, 3, 12, 17, tzinfo=UTC)
GRENOBLE = [
    Period(
        label="Applications",
        start=START,
        end=DEADLINE,
        when="3 Feb. to 12 March, 17:00",
        former=datetime(2020, 3, 5, 17, tzinfo=UTC),
    ),
    Period(label="Questions", start=START, end=datetime(2020, 2, 20, 17, tzinfo=UTC), when="until 20 Feb., 17:00"),
    Period(label="Opening", start=datetime(2020, 3, 13, 10, tzinfo=UTC), when="13 March, 10:00"),
    Period(label="Contract", start=datetime(2020, 4, 20, tzinfo=UTC), when="20 April"),
]


def drawn(
    periods: list[Period], *, now: datetime = NOW, narrow: bool = False, today: str = "today, 10 March"
) -> Timeline:
    return timeline(periods=periods, now=now, month=lambda day: MONTHS[day.month - 1], today=today, narrow=narrow)


def edges(text: Text) -> tuple[float, float]:
    width = text_width(text.text)
    left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return left, left + width


def test_states_follow_the_clock() -> None:
    assert [state_of(period, now=NOW) for period in GRENOBLE] == ["now", "past", "todo", "todo"]
    assert state_of(GRENOBLE[0], now=DEADLINE) == "past"


def test_lengths_are_in_proportion_to_time() -> None:
    bars = [row.bar for row in drawn(GRENOBLE).rows[:2]]
    assert bars[0] is not None
    assert bars[1] is not None
    assert bars[0].width / bars[1].width == pytest.approx(
        (DEADLINE - START) / (datetime(2020, 2, 20, 17, tzinfo=UTC) - START), rel=0.01
    )
    assert 0 < bars[0].elapsed < bars[0].width


def test_a_running_period_is_filled_up_to_today() -> None:
    picture = drawn(GRENOBLE)
    bar = picture.rows[0].bar
    assert bar is not None
    assert bar.x + bar.elapsed == pytest.approx(picture.today, abs=0.2)


def test_the_moved_date_is_marked_inside_its_period() -> None:
    row = drawn(GRENOBLE).rows[0]
    assert row.bar is not None
    assert row.former is not None
    assert row.bar.x < row.former < row.bar.x + row.bar.width


def test_dates_at_the_end_stand_before_their_sign() -> None:
    assert drawn(GRENOBLE).rows[-1].when.anchor == "end"
    assert drawn(GRENOBLE).rows[0].when.anchor == "start"


def test_a_month_gives_way_to_today_on_a_phone() -> None:
    on_first = datetime(2020, 3, 3, tzinfo=UTC)
    assert "March" in [
        month.text for month in drawn(GRENOBLE, now=datetime(2020, 4, 10, tzinfo=UTC), narrow=True).months
    ]
    assert "March" not in [month.text for month in drawn(GRENOBLE, now=on_first, narrow=True).months]


def test_no_line_for_today_outside_the_timeline() -> None:
    assert drawn(GRENOBLE, now=datetime(2021, 1, 1, tzinfo=UTC)).today is None


def test_a_bar_as_long_as_the_whole_call_leaves_room_for_its_dates() -> None:
    whole = Period(label="Applications", start=START, end=DEADLINE, when="3 Feb. to 12 March, 17:00")
    row = drawn([whole]).rows[0]
    assert row.bar is not None
    assert row.when.anchor == "start"
    assert row.when.x > row.bar.x + row.bar.width


@pytest.mark.parametrize("narrow", [False, True])
def test_the_word_for_today_begins_or_ends_at_an_edge_it_would_cross(narrow: bool) -> None:
    long = "aujourd’hui, mercredi 23 septembre 2020, à midi"
    first = drawn(GRENOBLE, now=START, narrow=narrow, today=long).today_label
    last = drawn(GRENOBLE, now=datetime(2020, 4, 20, tzinfo=UTC), narrow=narrow, today=long).today_label
    assert (first.x, first.anchor) == (6.7 if narrow else 0, "start")
    assert last.anchor == "end"


def test_an_empty_timeline_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a period"):
        drawn([])


@st.composite
def calls(draw: st.DrawFn) -> list[Period]:
    offsets = st.integers(min_value=0, max_value=400 * 24)
    lengths = st.integers(min_value=1, max_value=100 * 24) | st.none()
    rows = draw(st.lists(st.tuples(offsets, lengths), min_size=1, max_size=14))
    return [
        Period(
            label="Compliance and marks",
            when="16 March, 10:00",
            start=(start := START + timedelta(hours=at)),
            end=start + timedelta(hours=long) if long else None,
        )
        for at, long in rows
    ]


TODAYS = st.sampled_from(["today, 10 March", "aujourd’hui, 23 septembre"])  # the longer is wider than half a phone


@given(periods=calls(), at=st.integers(min_value=-10, max_value=500), narrow=st.booleans(), today=TODAYS)
def test_everything_stays_inside_the_box(periods: list[Period], at: int, narrow: bool, today: str) -> None:
    picture = drawn(periods, now=START + timedelta(days=at), narrow=narrow, today=today)
    texts = [
        *(row.when for row in picture.rows),
        *picture.months,
        *([picture.today_label] if picture.today_label else []),
    ]
    for text in texts:
        left, right = edges(text)
        assert left >= -1
        assert right <= picture.width + 1
    if not narrow:
        labels = max(text_width(row.label) for row in picture.rows)
        assert all(edges(row.when)[0] >= labels for row in picture.rows)
    for row in picture.rows:
        if row.bar:
            assert row.bar.x >= 0
            assert row.bar.x + row.bar.width <= picture.width
            assert 0 <= row.bar.elapsed <= row.bar.width
    headings = sorted(edges(month) for month in picture.months)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(headings))

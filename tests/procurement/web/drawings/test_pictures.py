"""Pictures ready for a page: the drawing, and the table that says the same."""

from datetime import UTC, datetime
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import translation

from procurement.web.drawings.pictures import Ranked, arrivals_picture, dots_picture, ranking_picture, timeline_picture
from procurement.web.drawings.timeline import Period

RANKED = [
    Ranked(rank=1, name="E3", technical=Decimal("77.073170"), financial=Decimal(20), total=Decimal("97.073170")),
    Ranked(rank=2, name="E2", technical=Decimal(80), financial=Decimal("16.978417"), total=Decimal("96.978417")),
]


def test_marks_are_said_in_words() -> None:
    with translation.override("en"):
        picture = dots_picture(
            code="C1a",
            maximum=Decimal(10),
            marks=[("V1", Decimal(8)), ("V2", None)],
            mean=Decimal("8.3333"),
            consensus=Decimal("7.5"),
        )
    assert picture.title == "C1a out of 10: V1 8, V2 –, mean 8.33, consensus 7.5"


def test_the_ranking_and_its_table_agree() -> None:
    with translation.override("en"):
        picture = ranking_picture(ranked=RANKED)
    assert picture.rows == (("E3", "1", "77.07", "20.00", "97.07"), ("E2", "2", "80.00", "16.98", "96.98"))
    assert "E3: 77.07 technical and 20.00 financial, total 97.07" in picture.title


def test_lengths_keep_their_points_in_a_language_with_commas() -> None:
    with translation.override("fr"):
        html = render_to_string("components/draw_ranking.html", {"drawing": ranking_picture(ranked=RANKED)})
    assert 'width="508.7"' in html
    assert "77,07" in html


def test_the_timeline_speaks_the_zone_of_the_call() -> None:
    periods = [
        Period(
            label="Applications", start=datetime(2020, 2, 3, 8, tzinfo=UTC), end=datetime(2020, 3, 12, 16, tzinfo=UTC)
        )
    ]
    with translation.override("en"):
        picture = timeline_picture(periods=periods, now=datetime(2020, 3, 10, tzinfo=UTC), zone="Europe/Madrid")
        html = render_to_string("components/draw_timeline.html", {"drawing": picture})
    assert picture.rows == (("Applications", "3 February, 09:00", "12 March, 17:00"),)
    assert "3 Feb. to 12 March, 17:00" in html
    assert html.count('role="img"') == 2


def test_arrivals_say_how_many_were_late() -> None:
    deadline = datetime(2020, 3, 12, 16, tzinfo=UTC)
    with translation.override("en"):
        picture = arrivals_picture(
            instants=[deadline, deadline.replace(hour=15)], deadline=deadline, zone="Europe/Madrid"
        )
    assert picture is not None
    assert picture.title == "Arrivals per hour: 2 in all, 1 after the deadline."
    assert picture.rows == (("12 March, 16:00", "1"), ("12 March, 17:00", "1"))
    assert arrivals_picture(instants=[], deadline=deadline, zone="Europe/Madrid") is None

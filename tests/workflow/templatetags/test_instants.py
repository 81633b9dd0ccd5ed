"""Instants in the call's zone, and in the reader's own when it differs."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from workflow.templatetags.appel import both_zones, instant
from workflow.templatetags.instants import date_text, instant_text, own_hour_text, span_text
from workflow.templatetags.zones import city_of, offset_text, zone_of, zone_text

MADRID = "Europe/Madrid"
DEADLINE = datetime(2020, 3, 12, 16, tzinfo=UTC)


def madrid(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=ZoneInfo(MADRID))


@pytest.mark.parametrize(
    ("language", "style", "text"),
    [
        ("fr", "long", "jeudi 12 mars 2020, 17:00"),
        ("en", "long", "Thursday 12 March 2020, 17:00"),
        ("es", "long", "jueves, 12 de marzo de 2020, 17:00"),
        ("ar", "long", "الخميس 12 مارس 2020، 17:00"),
        ("fr", "full_date", "jeudi 12 mars 2020"),
        ("fr", "date", "12 mars 2020"),
        ("fr", "day", "12 mars"),
        ("fr", "short", "12 mars, 17:00"),
        ("fr", "seconds", "12 mars 2020, 17:00:00"),
        ("fr", "millis", "12 mars 2020, 17:00:00,000"),
        ("en", "millis", "12 March 2020, 17:00:00.000"),
        ("en", "clock", "17:00"),
        ("en", "clock_seconds", "17:00:00"),
    ],
)
def test_styles(language: str, style: str, text: str) -> None:
    with translation.override(language):
        assert instant_text(DEADLINE, zone=MADRID, style=style) == text  # type: ignore[arg-type]


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        instant_text(datetime(2020, 3, 12, 17), zone=MADRID)


def test_french_writes_the_first_of_a_month_as_an_ordinal() -> None:
    with translation.override("fr"):
        assert date_text(date(2020, 3, 1)) == "1er mars 2020"
        assert date_text(date(2020, 3, 11)) == "11 mars 2020"
        assert date_text(date(2020, 3, 1), style="full_date") == "dimanche 1er mars 2020"


def test_the_zone_is_named_with_its_distance_at_that_instant() -> None:
    with translation.override("en"):
        assert zone_text(DEADLINE, zone=MADRID) == "Madrid time (UTC+1)"
        assert zone_text(datetime(2020, 7, 1, tzinfo=UTC), zone=MADRID) == "Madrid time (UTC+2)"
        assert zone_text(DEADLINE, zone="UTC") == "UTC time"
        assert offset_text(DEADLINE.astimezone(ZoneInfo("Asia/Kolkata"))) == "UTC+5:30"
        assert offset_text(DEADLINE.astimezone(ZoneInfo("America/New_York"))) == "UTC−4"
        assert city_of(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires"


def test_the_readers_hour_is_added_only_when_it_differs() -> None:
    with translation.override("en"):
        assert own_hour_text(DEADLINE, zone=MADRID, own="Asia/Beirut") == "18:00 in Beirut, your time"
        assert own_hour_text(DEADLINE, zone=MADRID, own="Europe/Paris") == ""
        assert own_hour_text(DEADLINE, zone=MADRID, own="Asia/Tokyo") == "13 March, 01:00 in Tokyo, your time"
        assert own_hour_text(DEADLINE, zone=MADRID, own="UTC") == "16:00 UTC"


def test_both_zones_take_the_readers_zone_from_the_request() -> None:
    with translation.override("en"):
        with timezone.override("Asia/Beirut"):
            assert both_zones(DEADLINE, MADRID) == "Madrid time (UTC+1), that is 18:00 in Beirut, your time"
        with timezone.override(MADRID):
            assert both_zones(DEADLINE, MADRID) == "Madrid time (UTC+1)"


def test_without_a_zone_the_readers_own_is_meant() -> None:
    with timezone.override("Asia/Beirut"):
        assert str(zone_of(None)) == "Asia/Beirut"


def test_the_tag_writes_a_time_element_in_the_zone() -> None:
    with translation.override("en"):
        assert (
            instant(DEADLINE, MADRID)
            == '<time datetime="2020-03-12T17:00:00+01:00">Thursday 12 March 2020, 17:00</time>'
        )
        assert instant(None, MADRID) == "–"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (madrid(2, 3, 9), madrid(3, 12, 17), "3 Feb. to 12 March, 17:00"),
        (madrid(3, 16, 10), madrid(3, 20), "16 to 20 March"),
        (madrid(3, 13, 10), None, "13 March, 10:00"),
        (madrid(4, 20), None, "20 April"),
        (None, madrid(2, 20, 17), "until 20 Feb., 17:00"),
        (madrid(3, 13, 10), madrid(3, 13, 12), "13 March, 10:00–12:00"),
        (None, None, ""),
    ],
)
def test_periods_in_few_words(start: datetime | None, end: datetime | None, text: str) -> None:
    with translation.override("en"):
        assert span_text(start, end, zone=MADRID) == text


@pytest.mark.parametrize(("month", "text"), [(1, "24 janv., 12:00"), (2, "24 févr., 12:00")])
def test_french_abbreviates_months_as_printers_do(month: int, text: str) -> None:
    with translation.override("fr"):
        assert span_text(madrid(month, 24, 12), None, zone=MADRID) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Africa/Algiers", "heure d’Alger (UTC+1)"),
        ("Africa/Cairo", "heure du Caire (UTC+2)"),
        ("Europe/Madrid", "heure de Madrid (UTC+1)"),
    ],
)
def test_the_name_of_a_city_is_joined_to_the_french_before_it(zone: str, text: str) -> None:
    with translation.override("fr"):
        assert zone_text(DEADLINE, zone=zone) == text


def test_a_reader_in_cairo_is_told_in_french_where_the_hour_is() -> None:
    with translation.override("fr"):
        assert own_hour_text(DEADLINE, zone=MADRID, own="Africa/Cairo") == "18:00 au Caire, votre heure"

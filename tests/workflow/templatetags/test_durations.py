"""Lengths of time in words."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from workflow.templatetags.durations import day_forms, distance_text, length_text

NB = "\u00a0"
NOW = datetime(2020, 3, 10, 10, 42, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(days=2, hours=5, minutes=17, seconds=51), "2_days 5_h 17_min"),
        (timedelta(days=1), "1_day 0_h 0_min"),
        (timedelta(hours=3, seconds=9), "3_h 0_min"),
        (timedelta(minutes=18, seconds=4), "18_min 4_s"),
        (timedelta(seconds=40), "40_s"),
        (timedelta(seconds=-1), "0_s"),
    ],
)
def test_length(length: timedelta, text: str) -> None:
    with translation.override("en"):
        assert length_text(length) == text.replace("_", NB)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(minutes=40), "in 40_min"),
        (timedelta(hours=3), "in 3_h"),
        (timedelta(days=3, hours=1), "in 3_days"),
        (timedelta(days=-2), "2_days ago"),
        (timedelta(minutes=-5), "5_min ago"),
    ],
)
def test_distance(length: timedelta, text: str) -> None:
    with translation.override("en"):
        assert distance_text(NOW + length, now=NOW) == text.replace("_", NB)


def test_the_script_gets_a_form_for_each_plural() -> None:
    with translation.override("en"):
        forms = json.loads(day_forms())
    assert forms["one"] == f"{{n}}{NB}day"
    assert forms["other"] == f"{{n}}{NB}days"


def test_the_tag_says_that_a_deadline_has_passed() -> None:
    template = Template("{% load appel %}{% time_left deadline now %}")
    with translation.override("en"):
        before = template.render(Context({"deadline": NOW, "now": NOW}))
        after = template.render(Context({"deadline": NOW, "now": NOW + timedelta(seconds=1)}))
    assert ">0\u00a0s left<" in before
    assert ">The deadline has passed<" in after

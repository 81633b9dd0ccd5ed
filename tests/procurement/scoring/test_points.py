"""Numbers are shortened in one place, and never so that a failing mark looks like a passing one."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.scoring.points import brief, rounded, shown_against, written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(79), "79"),
        (Fraction("97.50"), "97.5"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "0.3333333333333333333333333333"),
        (Fraction(7900, 82), "96.3414634146341463414634146341"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(-5, 4), "-1.25"),
        (Decimal("82.00"), "82"),
        (10**30, "1" + "0" * 30),
    ],
)
def test_a_number_is_written_whole_when_it_ends_and_long_when_it_does_not(value, text):
    assert written(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction("82.5"), "82.5"),
        (Fraction(2, 3), "0.666666…"),
        (Fraction("0.1234567"), "0.123456…"),
        (Fraction(3), "3"),
    ],
)
def test_a_sentence_shows_where_a_number_was_cut(value, text):
    assert brief(value) == text


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("4.015", 2, "4.02"),
        ("3.955", 2, "3.96"),
        ("0.5", 0, "1"),
        ("74.994", 2, "74.99"),
        ("-1.005", 2, "-1.01"),
        ("3", 4, "3.0000"),
    ],
)
def test_display_rounds_half_up_where_floats_would_not(value, places, shown):
    assert str(rounded(Fraction(value), places=places)) == shown


@given(st.fractions(min_value=0, max_value=10**9), st.integers(0, 20))
def test_rounding_what_is_written_is_rounding_the_number(value, places):
    quantum = Decimal(1).scaleb(-places)

    assert Decimal(written(value)).quantize(quantum, ROUND_HALF_UP, Context(prec=60)) == rounded(value, places=places)


@given(st.fractions(min_value=0, max_value=10**6))
def test_what_is_written_never_exceeds_the_number_and_keeps_six_decimals(value):
    gap = value - Fraction(written(value))

    assert 0 <= gap < Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("74.995", "74.9950"),
        ("75", "75.00"),
        ("74.99", "74.99"),
        ("74.99999", "74.999990"),
        ("75.004", "75.0040"),
        ("80", "80.00"),
    ],
)
def test_a_mark_beside_its_limit_shows_more_decimals_only_when_two_would_mislead(value, shown):
    assert str(shown_against(Fraction(value), limit=75)) == shown

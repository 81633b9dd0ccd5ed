"""Figures as the reader's language writes them."""

from decimal import Decimal

import pytest
from django.utils import translation

from workflow.templatetags.amounts import amount_text, mark_text, percent_text, size_text

NB = "\u00a0"


@pytest.mark.parametrize(
    ("language", "value", "currency", "text"),
    [
        ("fr", Decimal(14000), "EUR", f"14{NB}000,00{NB}€"),
        ("en", Decimal(14000), "EUR", "€14,000.00"),
        ("ar", Decimal(14000), "EUR", f"14{NB}000,00{NB}€"),
        ("fr", "600.005", "EUR", f"600,01{NB}€"),
        ("en", "1234567.5", "MAD", f"MAD{NB}1,234,567.50"),
        ("fr", "1234567.5", "MAD", f"1{NB}234{NB}567,50{NB}MAD"),
        ("en", "-5", "EUR", "−€5.00"),
        ("en", "-0.001", "EUR", "€0.00"),
        ("en", None, "EUR", "–"),
        ("en", "", "EUR", "–"),
        ("en", "NaN", "EUR", "–"),
    ],
)
def test_money(language: str, value: object, currency: str, text: str) -> None:
    with translation.override(language):
        assert amount_text(value, currency=currency) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("97.073170731707"), 2, "97,07"),
        (Decimal("8.335"), 2, "8,34"),  # halves up, not to even
        (Decimal("8.325"), 2, "8,33"),
        (Decimal("17.50"), None, "17,5"),
        (Decimal("35.00"), None, "35"),
        (Decimal("1E+2"), None, "100"),
        (Decimal(8), 2, "8,00"),
        (None, 2, "–"),
    ],
)
def test_marks_round_halves_up_for_display(value: Decimal | None, places: int | None, text: str) -> None:
    with translation.override("fr"):
        assert mark_text(value, places=places) == text


def test_percentages_of_a_hundred_and_of_one() -> None:
    with translation.override("fr"):
        assert percent_text(80) == f"80{NB}%"
        assert percent_text("0.80", of_one=True) == f"80{NB}%"
        assert percent_text("33.33333") == f"33,33{NB}%"
    with translation.override("en"):
        assert percent_text(80) == "80%"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (214_000, "214 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (6_400_000, "6.4 MB"),
        (2_000_000_000, "2.0 GB"),
    ],
)
def test_sizes_in_decimal_units(count: int, text: str) -> None:
    with translation.override("en"):
        assert size_text(count) == text.replace(" ", NB)

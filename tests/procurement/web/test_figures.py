"""Figures as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from procurement.web.forms.figures import FigureField, plain_figure


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14 000,00", "14000.00"), ("14\u202f000,5", "14000.5"), ("14,000.00", "14000.00"), ("14.000,00", "14000.00"),
        ("14000", "14000"), ("0,5", "0.5"), ("1,000,000", "1000000"), ("12'500.75", "12500.75"), (" 7 ", "7"), ("abc", "abc"),
    ],
)  # fmt: skip
def test_a_figure_is_read(typed: str, read: str) -> None:
    assert plain_figure(typed) == read


@pytest.mark.parametrize(("language", "shown"), [("fr", ["17,5", "1400000", "0"]), ("en", ["17.5", "1400000", "0"])])
def test_a_stored_figure_is_shown_as_its_reader_writes_it_and_read_back(language: str, shown: list[str]) -> None:
    stored = [Decimal("17.50"), Decimal("1400000.00"), Decimal("0.00")]
    with translation.override(language):
        field = FigureField()
        assert [field.prepare_value(value) for value in stored] == shown
        assert [field.to_python(text) for text in shown] == stored
        assert field.prepare_value("17,5x") == "17,5x"

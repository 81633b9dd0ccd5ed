"""Figures as people write them."""

from __future__ import annotations

import pytest

from procurement.web.forms.figures import plain_figure


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14 000,00", "14000.00"), ("14\u202f000,5", "14000.5"), ("14,000.00", "14000.00"), ("14.000,00", "14000.00"),
        ("14000", "14000"), ("0,5", "0.5"), ("1,000,000", "1000000"), ("12'500.75", "12500.75"), (" 7 ", "7"), ("abc", "abc"),
    ],
)  # fmt: skip
def test_a_figure_is_read(typed: str, read: str) -> None:
    assert plain_figure(typed) == read

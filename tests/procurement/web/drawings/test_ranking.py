"""The ranking as bars, and the two weights."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.web.drawings.measure import text_width
from procurement.web.drawings.ranking import NARROW, WIDE, Standing, split_bar, stack_narrow, stack_wide


def standing(technical: str, financial: str, name: str = "E3") -> Standing:
    return Standing(
        rank="1",
        name=name,
        technical=Decimal(technical),
        financial=Decimal(financial),
        technical_text=f"{technical} technical",
        financial_text=f"{financial} financial",
        financial_figure=financial,
        total_text="97.07",
    )


def test_the_axis_is_never_cut() -> None:
    wide, narrow = stack_wide([standing("77.07", "20.00")]), stack_narrow([standing("77.07", "20.00")])
    assert [tick.label for tick in wide.ticks] == [0, 20, 40, 60, 80, 100]
    assert [tick.label for tick in narrow.ticks] == [0, 50, 100]
    assert wide.rows[0].technical.x == wide.ticks[0].x


def test_lengths_are_the_points() -> None:
    row = stack_wide([standing("77.07", "20.00")]).rows[0]
    assert (row.technical.x, row.technical.width) == (64, 508.7)
    assert (row.financial.x, row.financial.width) == (574.7, 130)
    assert (row.technical.text, row.financial.text) == ("77.07 technical", "20.00 financial")


def test_a_small_part_keeps_its_figure_or_stays_bare() -> None:
    assert stack_narrow([standing("77.07", "20.00")]).rows[0].financial.text == "20.00"
    assert stack_narrow([standing("77.07", "2.00")]).rows[0].financial.text == ""


@given(
    technical=st.decimals(min_value=0, max_value=80, places=2),
    financial=st.decimals(min_value=0, max_value=20, places=2),
    name=st.sampled_from(["E3", "E-2020-0117"]),
)
def test_bars_and_their_texts_stay_inside(technical: Decimal, financial: Decimal, name: str) -> None:
    for draw, width in ((stack_wide, WIDE), (stack_narrow, NARROW)):
        row = draw([standing(str(technical), str(financial), name)]).rows[0]
        for part in (row.technical, row.financial):
            assert part.x >= 0
            assert part.width >= 0
            assert part.x + part.width <= width
            if part.text:
                assert part.text_x + text_width(part.text) <= part.x + part.width + 12


def test_the_two_weights_fill_the_bar() -> None:
    split = split_bar(first=Decimal("0.80"))
    assert split.first == pytest.approx(190.4)
    assert split.second_x + split.second == 240
    assert split_bar(first=Decimal(1)).second == 0
    with pytest.raises(ValueError, match="between 0 and 1"):
        split_bar(first=Decimal(80))

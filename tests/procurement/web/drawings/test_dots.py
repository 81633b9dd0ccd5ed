"""The marks of a criterion: each one visible, on a scale that begins at nought."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.web.drawings.dots import SHAPES, dot_row, outline

TEN = Decimal(10)


def test_the_scale_goes_from_nought_to_the_maximum() -> None:
    row = dot_row(maximum=TEN, marks=[Decimal(0), Decimal(5), TEN])
    assert [dot.x for dot in row.dots] == [12, 150, 288]
    assert row.ticks == (12, 81, 150, 219, 288)
    assert row.spread == (12, 276)


def test_equal_marks_are_piled_around_the_line() -> None:
    row = dot_row(maximum=TEN, marks=[Decimal(8), Decimal(8), Decimal(9)], mean=Decimal("8.33"), consensus=Decimal(8))
    assert [(dot.x, dot.y) for dot in row.dots] == [(232.8, 21), (232.8, 35), (260.4, 28)]
    assert row.height == 64
    assert row.consensus.startswith("M232.8 52")


def test_each_evaluator_keeps_the_shape_when_another_mark_is_missing() -> None:
    row = dot_row(maximum=TEN, marks=[None, Decimal(3)])
    assert [dot.path for dot in row.dots] == [outline(1)]


def test_without_marks_there_is_only_the_scale() -> None:
    row = dot_row(maximum=TEN, marks=[None, None])
    assert row.dots == ()
    assert row.spread is None
    assert row.mean is None


def test_shapes_differ_for_a_panel_of_seven() -> None:
    assert len({outline(index) for index in range(len(SHAPES))}) == 7


def test_a_criterion_without_maximum_is_refused() -> None:
    with pytest.raises(ValueError, match="positive maximum"):
        dot_row(maximum=Decimal(0), marks=[])


@given(marks=st.lists(st.decimals(min_value=0, max_value=10, places=1), min_size=1, max_size=9))
def test_no_two_marks_hide_each_other(marks: list[Decimal]) -> None:
    row = dot_row(maximum=TEN, marks=marks, consensus=marks[0])
    dots = row.dots
    assert len(dots) == len(marks)
    for at, one in enumerate(dots):
        assert 6 <= one.y <= row.height - 6
        for other in dots[at + 1 :]:
            assert abs(one.x - other.x) >= 13 or abs(one.y - other.y) >= 13

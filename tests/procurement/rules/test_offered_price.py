"""What a financial envelope from a browser says is brought into form, whatever it is; what is wrong becomes a finding."""

import pytest

from procurement.rules.offered_price import offered


def test_a_price_that_is_in_order_stays_as_it_is() -> None:
    figures = {"days": "12", "rate": "640.00", "expenses": "0", "total": "7680.00"}

    found = offered({"price": figures, "notes": {"B1": " Signed. ", "B2": ""}})

    assert found == {
        "price": {**figures, "sealed_in": "browser", "findings": []},
        "notes": {"B1": "Signed."},
    }


@pytest.mark.parametrize(
    ("price", "findings", "total"),
    [
        (None, ["total_missing"], ""),
        ("dear", ["total_missing"], ""),
        ({}, ["total_missing"], ""),
        ({"total": "0.00"}, ["total_missing"], ""),
        ({"days": "2", "rate": "10", "total": "21.00"}, ["does_not_add_up"], "21.00"),
        ({"total": "500"}, ["does_not_add_up"], "500"),
        ({"days": "two", "rate": "10", "total": "20"}, ["figure_unreadable", "does_not_add_up"], "20"),
        ({"total": "NaN"}, ["figure_unreadable", "total_missing"], ""),
        ({"total": "-5"}, ["figure_unreadable", "total_missing"], ""),
        ({"total": "1e9"}, ["figure_unreadable", "total_missing"], ""),
        ({"total": "٥٠٠"}, ["figure_unreadable", "total_missing"], ""),
        ({"total": "9" * 5000}, ["figure_unreadable", "total_missing"], ""),
        ({"total": 500}, ["total_missing"], ""),
    ],
)
def test_what_is_wrong_is_found_and_lost_nowhere(price: object, findings: list[str], total: str) -> None:
    found = offered({"price": price})["price"]

    assert (found["findings"], found["total"]) == (findings, total)
    if "figure_unreadable" in findings and isinstance(price, dict):
        assert all(price[name].startswith(text) for name, text in found["as_written"].items())
        assert found["as_written"]


@pytest.mark.parametrize("notes", [None, [], "x", {"B1": {"deep": []}, "B2": 3}, {"\0": "\0"}])
def test_what_no_database_keeps_is_left_out(notes: object) -> None:
    assert offered({"notes": notes, "price": {"days": "\0"}})["notes"] == {}


def test_halves_of_characters_and_endless_texts_are_cut() -> None:
    notes = offered({"notes": {"B1": "a\ud800b\0" + "c" * 9000}})["notes"]

    assert notes["B1"].startswith("abc")
    assert len(notes["B1"]) == 600

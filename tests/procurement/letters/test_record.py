"""A paper as JSON and back: nothing is lost, nothing foreign gets in."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.letters.facts import Money, Paper
from procurement.letters.letter_late import LateLetter
from procurement.letters.record import InvalidPaper, as_json, from_json
from procurement.letters.registry import KINDS, fingerprint, kind_of, render, render_paper
from procurement.letters.registry import from_json as read_kind
from tests.procurement.letters.sample_letters import LATE
from tests.procurement.letters.sample_papers import PAPERS


def test_every_kind_has_a_sample_and_its_own_class() -> None:
    assert set(PAPERS) == set(KINDS)
    assert len({kind.facts for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_comes_back_equal_from_its_json(kind: str) -> None:
    paper = PAPERS[kind]
    assert kind_of(paper).name == kind
    stored = json.loads(json.dumps(as_json(paper)))
    back = read_kind(kind, stored)
    assert back == paper
    assert fingerprint(paper=back) == fingerprint(paper=paper)


@pytest.mark.parametrize("kind", PAPERS)
def test_a_stored_paper_is_rendered_to_the_same_bytes(kind: str) -> None:
    stored = json.loads(json.dumps(as_json(PAPERS[kind])))
    assert render(kind=kind, written=stored) == render_paper(paper=PAPERS[kind])


def test_every_figure_and_instant_is_a_string() -> None:
    stored = as_json(Money(amount=Decimal("14000.00"), currency="EUR"))
    assert stored == {"amount": "14000", "currency": "EUR", "tax": "excluded"}
    assert as_json(LATE)["deadline"] == "2020-03-12T16:00:00Z"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_any_figure_comes_back_exactly(amount: Decimal) -> None:
    money = Money(amount=amount, currency="EUR")
    assert from_json(Money, as_json(money)) == money


@given(st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)), st.integers(-14, 14))
def test_the_fingerprint_depends_on_the_instant_and_not_on_its_zone(instant: datetime, hours: int) -> None:
    moved = replace(LATE, received_at=instant.astimezone(timezone(timedelta(hours=hours))))
    assert fingerprint(paper=moved) == fingerprint(paper=replace(LATE, received_at=instant))


def test_equal_figures_have_one_fingerprint_and_other_facts_another() -> None:
    paper = PAPERS["letter_over_ceiling"]
    first = fingerprint(paper=paper)
    price = Money(amount=Decimal("14600.000"), currency="EUR")
    assert fingerprint(paper=replace(paper, price=price)) == first  # type: ignore[call-arg]
    assert fingerprint(paper=replace(paper, personal_note="Merci.")) != first  # type: ignore[call-arg]


def _without(stored: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in stored.items() if key != name}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"surprise": 1}, "LateLetter.surprise: unknown"),
        ({"number": 7}, "LateLetter.number"),
        ({"number": None}, "LateLetter.number"),
        ({"deadline": "2020-03-12T17:00:00"}, "LateLetter.deadline: an instant needs its zone"),
        ({"deadline": "soon"}, "LateLetter.deadline"),
        ({"deadline": 1584028800}, "LateLetter.deadline: a string"),
        ({"applicant": "E1"}, "LateLetter.applicant"),
        ({"applicant": {"label": "E1", "name": "A", "address": "rue"}}, "LateLetter.applicant.address: a list"),
        ({"call": {**as_json(LATE)["call"], "language": "ar"}}, "LateLetter.call.language"),
    ],
)
def test_facts_of_another_shape_are_refused_with_their_path(change: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidPaper, match=re.escape(path)):
        from_json(LateLetter, {**as_json(LATE), **change})


def test_a_missing_field_and_an_unknown_kind_are_refused() -> None:
    with pytest.raises(InvalidPaper, match=r"LateLetter\.deadline: missing"):
        from_json(LateLetter, _without(as_json(LATE), "deadline"))
    with pytest.raises(InvalidPaper, match="no such kind"):
        read_kind("poem", {})
    with pytest.raises(InvalidPaper, match="no such kind"):
        kind_of(Paper(call=LATE.call, number="1", issued_at=LATE.issued_at))


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+90"), 12.5, 12])
def test_a_figure_that_is_no_exact_amount_is_refused(amount: Any) -> None:
    with pytest.raises(InvalidPaper, match=r"Money\.amount"):
        as_json(Money(amount=amount, currency="EUR"))


def test_rendering_refuses_what_the_record_refuses() -> None:
    with pytest.raises(InvalidPaper, match="zone"):
        render_paper(paper=replace(LATE, deadline=datetime(2020, 3, 12, 17)))
    with pytest.raises(InvalidPaper, match="tuple"):
        render_paper(paper=replace(LATE, applicant=replace(LATE.applicant, address=["rue"])))  # type: ignore[arg-type]

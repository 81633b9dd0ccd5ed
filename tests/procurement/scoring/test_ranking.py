"""What a ranking owes to everyone: the same for any order, any currency, and whoever else failed."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from procurement.scoring.record import digest
from tests.procurement.scoring.problems import bid, bids, formulas, methods, priced_methods, problem, ranked

RULES = st.sampled_from([[], ["technical"], ["price"], ["technical", "price", "lots"], ["draw"]])


@given(bids(), methods, formulas, RULES, st.randoms())
def test_the_order_of_the_applications_changes_nothing(applications, method, price, rules, random):
    shuffled = random.sample(applications, len(applications))

    one = ranked(problem(method, *applications, price=price, tie_break=rules))
    other = ranked(problem(method, *shuffled, price=price, tie_break=rules))

    assert one.as_json() == other.as_json()


@given(bids(), methods, formulas, st.integers(2, 999))
def test_a_factor_on_every_price_changes_no_order(applications, method, price, factor):
    def ranks(times):
        dearer = [each | {"price": str(times * int(Fraction(each["price"]) * 100)) + "e-2"} for each in applications]
        terms = {"budget": str(times * 200_000), "price": price | {"ceiling": str(times * 300_000)}}
        return [(each.rank, each.ref) for each in ranked(problem(method, *dearer, **terms)).ranking]

    assert ranks(factor) == ranks(1)


@given(bids(), methods, formulas)
def test_one_more_below_the_threshold_changes_nothing_for_the_others(applications, method, price):
    terms = {"technical": {"threshold": "1", "normalise": "best"}, "price": price}
    above = [each | {"technical": str(max(Decimal(each["technical"]), Decimal(1)))} for each in applications]
    failing = bid("E00", "0.99", "0.01", admissible=method not in ("lpta", "lowest_price"))

    alone = ranked(problem(method, *above, **terms)).as_json()
    together = ranked(problem(method, *above, failing, **terms)).as_json()

    assert "E00" in [each["ref"] for each in together["excluded"]]
    assert [together[key] for key in ("winner", "ties", "ranking")] == [
        alone[key] for key in ("winner", "ties", "ranking")
    ]


@given(bids(), priced_methods, formulas)
def test_the_order_is_that_of_the_unrounded_combined_score(applications, method, price):
    result = ranked(problem(method, *applications, price=price))
    combined = [each.explanation.combined.value for each in result.ranking]

    assert combined == sorted(combined, reverse=True)
    for one, other in zip(result.ranking, result.ranking[1:], strict=False):
        same = one.explanation.combined.value == other.explanation.combined.value
        assert (one.rank == other.rank) == same


@given(bids(), st.fractions(0, 1, max_denominator=100))
def test_the_combined_score_is_the_one_anybody_can_reckon(applications, share):
    # hundredths only, so that both weights can be written
    technical = Fraction(int(share * 100), 100)
    weights = {"technical": f"{int(technical * 100)}e-2", "financial": f"{int((1 - technical) * 100)}e-2"}
    best = max(Fraction(each["technical"]) for each in applications)
    lowest = min(Fraction(each["price"]) for each in applications)

    result = ranked(problem("prag", *applications, weights=weights))

    marks = {each["ref"]: (Fraction(each["technical"]), Fraction(each["price"])) for each in applications}
    for standing in result.ranking:
        mark, price = marks[standing.ref]
        expected = technical * (100 * mark / best if best else 0) + (1 - technical) * 100 * lowest / price
        assert standing.explanation.combined.value == expected


@given(bids(), methods, formulas)
def test_the_same_inputs_give_the_same_hash(applications, method, price):
    raw = problem(method, *applications, price=price)

    first, second = ranked(raw).as_json(), ranked(raw).as_json()

    assert digest(problem_json=raw, result_json=first) == digest(problem_json=raw, result_json=second)


def test_a_difference_of_a_millionth_decides():
    result = ranked(problem("quality_only", bid("A", "80.0000001"), bid("B", "80.0000000"), weights=None))

    assert [(each.rank, each.ref) for each in result.ranking] == [(1, "A"), (2, "B")]

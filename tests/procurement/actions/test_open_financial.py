"""Opening the prices: of those above the threshold, and of nobody else, ever."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from procurement.actions.open_financial import open_financial
from procurement.enums import EnvelopeKind
from procurement.models import Envelope, Paper
from procurement.queries.envelopes import StillSealed, price_of, prices_of, read_envelope
from procurement.queries.prices import OpenedPrice, opened_prices
from tests.procurement.committees import World, in_session, kept, write_papers
from tests.procurement.evaluations import technically_signed_call
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db
FINANCIAL = EnvelopeKind.FINANCIAL


@pytest.fixture(scope="module")
def signed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        return technically_signed_call({"ana": 80, "ben": 60}, late=("lou",), withdrawn=("wim",))

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(signed: World, db: None) -> World:
    return signed.again()


def open_now(world: World) -> Any:
    in_session(world, "v1", "v2", kind=FINANCIAL)
    return open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now(), remarks="Two minutes.")


def test_only_the_price_of_those_above_the_threshold_is_opened(world: World) -> None:
    states = {who: world.application(who).state for who in world.applications}
    assert states == {"ana": "passed", "ben": "below_threshold", "lou": "late", "wim": "withdrawn"}
    assert not Envelope.objects.filter(kind="financial", opened_at__isnull=False).exists()
    open_now(world)
    opened = Envelope.objects.get(kind="financial", opened_at__isnull=False)
    assert opened.application == world.applications["ana"]
    assert world.application("ana").state == "price_opened"
    assert world.application("ben").state == "below_threshold"


def test_the_others_stay_sealed_for_the_procedure_itself(world: World) -> None:
    open_now(world)
    now = clock.now()
    assert price_of(world.application("ana"), now=now)["total"] == "13900.00"
    assert price_of(world.application("ben"), now=now) is None
    assert set(prices_of(world.call, now=now)) == {world.applications["ana"].pk}
    for who in ("ben", "lou", "wim"):
        with pytest.raises(StillSealed):
            read_envelope(world.application(who), FINANCIAL, actor=None, now=now)


def test_a_price_is_never_opened_by_a_row_alone(world: World) -> None:
    open_now(world)
    Envelope.objects.filter(application=world.applications["ben"], kind="financial").update(opened_at=clock.now())
    assert price_of(world.application("ben"), now=clock.now()) is None
    assert set(prices_of(world.call, now=clock.now())) == {world.applications["ana"].pk}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("chair", True), ("secretary", True), ("v1", True), ("auditor", True), ("ana", True),
        ("observer", False), ("officer", False), ("approver", False), ("authority", False), ("ben", False),
    ],
)  # fmt: skip
def test_who_reads_a_price(world: World, who: str, may: bool) -> None:
    application, before = world.application("ana"), clock.now()
    if who != "ana":
        with pytest.raises(StillSealed):
            read_envelope(application, FINANCIAL, actor=world[who], now=before)
    open_now(world)
    application = world.application("ana")
    if may:
        assert read_envelope(application, FINANCIAL, actor=world[who], now=clock.now()).content["price"]["days"] == "40"
    else:
        with pytest.raises(StillSealed):
            read_envelope(application, FINANCIAL, actor=world[who], now=clock.now())


def test_the_quorum_is_needed_again(world: World) -> None:
    def refusal() -> list[str]:
        with pytest.raises(Refused) as caught:
            open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now())
        return caught.value.codes

    assert refusal() == ["OPN-08", "OPN-09"]
    in_session(world, "v1", "observer", kind=FINANCIAL)
    assert refusal() == ["OPN-09"]


@pytest.mark.parametrize("who", ["chair", "v1", "observer", "officer", "authority", "auditor"])
def test_nobody_but_the_secretary_opens(world: World, who: str) -> None:
    in_session(world, "v1", "v2", kind=FINANCIAL)
    with pytest.raises(NotPermitted):
        open_financial(call=world.fresh(), actor=world[who], now=clock.now())


def test_twice_is_once(world: World) -> None:
    call = open_now(world)
    with pytest.raises(NoSuchMove):
        open_financial(call=call, actor=world["secretary"], now=clock.now())
    assert AuditEvent.objects.filter(act="open_price", outcome="done").count() == 1


def test_the_report_writes_the_prices_and_those_left_behind(world: World) -> None:
    open_now(world)
    write_papers()
    paper = Paper.objects.select_related("file").get(kind="financial_opening_report")
    (line,) = paper.facts["opened"]
    assert (line["reception"]["applicant"]["label"], line["financial"]) == ("E1", "opened")
    assert line["remark"].replace("\u00a0", " ").replace("\u202f", " ") == "13 900,00 €"
    left = [(one["applicant"]["label"], one["outcome"]) for one in paper.facts["left_sealed"]]
    assert left == [("E2", "below_threshold")]
    assert paper.facts["envelope"] == "financial"
    assert paper.facts["minutes"] == "Two minutes."
    assert paper.file.size > 5000
    assert paper.file.name == f"{world.call.reference}-financial-opening-report.docx"


def test_the_arithmetic_of_a_form_is_done_again(world: World) -> None:
    open_now(world)
    (price,) = opened_prices(world.call, world.call.applications.order_by("id"), now=clock.now())
    assert (price.computed, price.total, price.difference) == (Decimal("13900.00"), Decimal("13900.00"), Decimal(0))
    assert not price.over_ceiling
    assert price.ceiling == Decimal(14000)


def form(**figures: str) -> OpenedPrice:
    fields = {name: Decimal(figure) for name, figure in figures.items()}
    blank = dict.fromkeys(("days", "rate", "expenses", "total", "ceiling"))
    return OpenedPrice(application=None, **(blank | fields))  # type: ignore[arg-type]


def test_a_total_that_does_not_add_up_is_seen() -> None:
    price = form(days="40", rate="300", expenses="1900", total="13000", ceiling="12999.99")
    assert price.difference == Decimal(-900)
    assert price.over_ceiling
    assert price.excess == Decimal("0.01")


def test_a_total_alone_is_not_compared() -> None:
    assert form(total="13000").computed is None
    assert form(total="13000").difference == 0
    assert not form(total="14000", ceiling="14000").over_ceiling

"""The ranking page: who may open it and when, what it says, and each number opened down to the marks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.models import Application, EngineRun, ScoreSheet
from procurement.scoring.engine import rank
from procurement.scoring.problem import parse, parse_text
from procurement.scoring.record import digest
from tests.procurement.applying import BEFORE, person
from tests.procurement.awards import GRENOBLE, Bid, label, priced, proposed, ranked
from tests.procurement.committees import World, kept
from tests.procurement.web.visits import Visit, text_of
from workflow import audit, clock
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
MANY = 250
QUESTIONS = 20  # of the whole page, session, tabs and steps included


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced(GRENOBLE, late=("lou",)))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


def see(world: World, who: str, path: str = "ranking/") -> Any:
    return Visit(world[who], world.fresh()).get(path)


def do(world: World, who: str, path: str, **sent: Any) -> Any:
    return Visit(world[who], world.fresh()).post(path, **sent)


def test_the_panel_reads_it_from_the_prices_on_and_the_others_with_the_signed_report(world: World) -> None:
    panel, others = ("chair", "secretary", "v1", "auditor"), ("officer", "authority", "approver", "observer")
    ranked(world)
    assert {who: see(world, who).status_code for who in (*panel, *others)} == dict.fromkeys(panel, 200) | dict.fromkeys(
        others, 404
    )
    proposed(world)
    assert {see(world, who).status_code for who in (*panel, *others)} == {200}
    assert see(world, "ana").status_code == 404


def test_before_the_first_run_the_secretary_is_offered_it_and_the_others_wait(world: World) -> None:
    assert "Rank the applications" in text_of(see(world, "secretary"))
    assert "appears here once the chair or the secretary has run the engine" in text_of(see(world, "v1"))
    assert do(world, "v1", "ranking/run").status_code == 403
    assert do(world, "secretary", "ranking/run").status_code == 302
    assert world.call.engine_runs.count() == 1


def test_the_answer_comes_first_then_the_table_then_the_numbers_opened(world: World) -> None:
    ranked(world)
    said = text_of(see(world, "chair"))
    ana, ben = label(world, "ana"), label(world, "ben")
    assert f"{ana} comes first with 97.07" in said
    assert f"before {ben} with 96.98" in said
    assert "The gap is 0.09; unrounded values are compared." in said
    assert "0.80 × 96.34 + 0.20 × 100.00 = 77.07 + 20.00 = 97.07" in said
    assert "exact value 97.073170…" in said
    assert "100 × 79.00 ÷ 82.00 = 96.34" in said
    assert "( 78 + 81 + 78 ) ÷ 3 = 79.00" in said
    assert "100 × 11,800.00 ÷ 13,900.00 = 84.89" in said
    assert "70 / 30 97.44 95.47" in said
    assert "83.20 82.58" in said


def test_each_evaluators_mark_is_there(world: World) -> None:
    ranked(world)
    page = see(world, "chair").content.decode()
    row = page[page.index(">C1</span>") :]
    cells = [one.split("</td>")[0].split(">")[-1] for one in row.split("<td")[1:6]]
    assert cells == ["78", "81", "78", "79.00", "79.00"]


def test_who_is_out_and_whose_price_was_never_opened(world: World) -> None:
    ranked(world)
    said = text_of(see(world, "chair"))
    assert "Above the ceiling by €600.00; the ceiling of €14,000.00 is binding" in said
    sheets = text_of(see(world, "chair", "evaluation/"))
    assert "12 sheets signed of 12 expected." in sheets  # who left the race at the prices was marked all the same
    assert "Never opened Below the threshold 71.00 for a threshold of 75; the financial envelope stays sealed" in said
    assert "40 s too late" in said.replace("\u00a0", " ")
    assert "9,000" not in said


def test_a_clock_that_was_set_back_takes_the_prices_away_and_not_the_page(world: World) -> None:
    ranked(world)
    assert "€600.00" in text_of(see(world, "chair"))
    clock.set_to(BEFORE)
    answer = see(world, "chair")
    assert answer.status_code == 200
    assert "Above the ceiling the ceiling of €14,000.00 is binding" in text_of(answer)
    assert "€600.00" not in text_of(answer)


@pytest.mark.parametrize("limits", [{"minimum": 80}, {"minimum": None}])
def test_figures_that_can_no_longer_be_reckoned_leave_the_ground_alone(db: None, limits: dict[str, Any]) -> None:
    world = priced({"ana": Bid(90), "ben": Bid(78) if limits["minimum"] else Bid(71)}, **limits)
    ranked(world)
    ben = world.application("ben")
    assert ben.state == "below_threshold"
    known = "78.00 for C1, whose minimum is 80" if limits["minimum"] else "71.00 for a threshold of 75"
    assert known in text_of(see(world, "chair"))
    sheets = ScoreSheet.objects.filter(application=ben)
    for sheet in sheets:
        audit.record(sheet, "test", actor=None, now=clock.now(), source=sheet.state, target="void")
    sheets.update(state="void")
    Application.objects.filter(pk=ben.pk).update(technical_mark=None)
    answer = see(world, "chair")
    assert answer.status_code == 200
    assert known not in text_of(answer)
    assert "Below the threshold" in text_of(answer)


def test_figures_are_written_as_the_reader_does(world: World) -> None:
    ranked(world)
    visit = Visit(world["chair"], world.fresh())
    visit.client.cookies["language"] = "fr"
    page = visit.get("ranking/").content.decode()
    assert "<b>97,07</b>" in page
    assert "11\u00a0800,00\u00a0€" in page


def test_the_same_record_again_is_said_and_a_touched_one_is_shouted(world: World) -> None:
    run = ranked(world)
    assert "same result, same digest" in text_of(see(world, "chair"))
    EngineRun.objects.create(
        call=world.call, number=2, problem=run.problem, result=run.result | {"winner": label(world, "ben")},
        engine=run.engine, rules_version="1", sha256=run.sha256, ran_at=clock.now(), ran_by=world["chair"],
    )  # fmt: skip
    said = text_of(see(world, "chair"))
    assert "The record does not agree with itself" in said
    assert "same result, same digest" not in said


def test_the_inputs_can_be_checked_by_anybody_with_the_engine(world: World) -> None:
    run = ranked(world)
    problem = see(world, "chair", "ranking/1/problem.json")
    assert rank(parse_text(problem.content.decode())).as_json() == run.result
    record = json.loads(see(world, "chair", "ranking/1/record.json").content)
    assert digest(problem_json=record["problem"], result_json=record["result"]) == record["sha256"] == run.sha256
    assert see(world, "officer", "ranking/1/record.json").status_code == 404
    assert see(world, "chair", "ranking/2/record.json").status_code == 404


def test_four_decimals_where_two_would_hide_that_it_fails(db: None) -> None:
    world = priced({"ana": Bid(80), "ben": Bid((75, 75, 74))}, rules={"threshold": "74.67"})
    ranked(world)
    assert "74.6667 for a threshold of 74.67" in text_of(see(world, "chair"))


def test_an_auditor_who_reads_it_leaves_an_event(world: World) -> None:
    ranked(world)
    see(world, "auditor")
    see(world, "chair")
    read = AuditEvent.objects.filter(scope=world.call.reference, act="note_reading", details__page="ranking")
    assert [event.actor_id for event in read] == [world["auditor"].pk]


def crowd(world: World, number: int) -> None:
    """Store the run of a call with so many applications; the page needs nothing else of them."""
    run = world.fresh().engine_runs.order_by("number").first() or ranked(world)
    line = run.problem["applications"][0]
    names = [f"E{at}" for at in range(100, 100 + number)]
    lines = [line | {"ref": name, "price": str(9000 + at)} for at, name in enumerate(names)]
    problem = run.problem | {"applications": lines}
    result = rank(parse(problem)).as_json()
    EngineRun.objects.create(
        call=world.call, number=run.number + number, problem=problem, result=result, engine=run.engine,
        rules_version="1", sha256=digest(problem_json=problem, result_json=result), ran_at=clock.now(), ran_by=world["chair"],
    )  # fmt: skip
    for name in (*names[:3], names[-1]):
        reference = f"AP-{name}"
        Application.objects.get_or_create(
            reference=reference, defaults={"call": world.call, "user": person(f"{name} Applicant"), "label": name}
        )


def test_the_page_asks_the_same_questions_for_one_for_three_and_for_hundreds(world: World) -> None:
    counts = []
    for number in (1, 3, MANY):
        crowd(world, number)
        visit = Visit(world["chair"], world.fresh())
        with CaptureQueriesContext(connection) as asked:
            assert visit.get("ranking/").status_code == 200
        counts.append(len(asked))
    assert counts == [QUESTIONS] * 3


def test_of_hundreds_a_page_shows_a_hundred_and_opens_the_one_asked_for(world: World) -> None:
    crowd(world, MANY)
    page = see(world, "chair").content.decode()
    assert page.count("<tr><td data-l=") == 100
    assert "Page 1 of 3" in text_of(see(world, "chair"))
    last = see(world, "chair", "ranking/?of=E349")
    assert 'id="of-E349"' not in page
    assert "total of E349" in text_of(last)
    assert "Page 3 of 3" in text_of(last)

"""A run read back, the marks behind it, other rules beside it, and who is out of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection

from procurement.models import Call, Envelope
from procurement.queries.mark_table import mark_table, marks_for
from procurement.queries.other_rules import alternatives
from procurement.queries.out_of_race import out_of_race
from procurement.queries.run import points_of, read_run, total_of
from procurement.scoring.points import rounded
from tests.procurement.awards import GRENOBLE, label, priced, ranked, touch
from tests.procurement.committees import World, kept
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def done(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        world = priced(GRENOBLE, late=("lou",))
        ranked(world)
        return world

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(done: World, db: None) -> World:
    return done.again()


def read(world: World) -> Any:
    return read_run(world.call.engine_runs.latest("number"))


def test_the_two_parts_add_up_to_the_total(world: World) -> None:
    one = read(world)
    for line in one.lines.values():
        assert sum(points_of(line, problem=one.problem)) == total_of(line)


def test_the_numbers_are_those_of_the_record_whatever_the_rows_say_today(world: World) -> None:
    before = read(world)
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"technical_weight": "0.10"})
    with connection.cursor() as cursor:  # as somebody with the whole database in hand
        cursor.execute("SET LOCAL session_replication_role = replica")
        for envelope in Envelope.objects.filter(application=world.applications["ana"], opened_at__isnull=False):
            envelope.content.get("price", {})["total"] = "1.00"
            envelope.save()
        cursor.execute("SET LOCAL session_replication_role = origin")
    after = read(world)
    assert after.lines == before.lines
    assert after.faithful


def test_the_marks_unfold_to_each_evaluator_and_say_when_they_no_longer_agree(world: World) -> None:
    ana, ref = world.applications["ana"].pk, label(world, "ana")
    marks = marks_for(world.call, among=[ana])
    table = mark_table(marks, application_id=ana, line=read(world).lines[ref])
    assert (table.evaluators, table.totals) == (("V1", "V2", "V3"), (78, 81, 78))
    assert (table.mean, table.faithful) == (Fraction(79), True)
    run = world.call.engine_runs.latest("number")
    next(one for one in run.problem["applications"] if one["ref"] == ref)["marks"]["V1"]["C1"] = "79"
    touch(run, problem=run.problem)
    assert not mark_table(marks, application_id=ana, line=read(world).lines[ref]).faithful


def test_a_run_is_reckoned_once_for_all_its_pages(world: World, django_assert_num_queries: Any) -> None:
    run = world.call.engine_runs.latest("number")
    first = read_run(run)
    with django_assert_num_queries(1):  # is the row still the same?
        assert read_run(run) is first


def test_the_marks_of_many_are_read_in_three_questions(world: World, django_assert_num_queries: Any) -> None:
    ids = [world.applications[who].pk for who in ("ana", "ben")]
    with django_assert_num_queries(3):
        marks_for(world.call, among=ids[:1])
    with django_assert_num_queries(3):
        assert set(marks_for(world.call, among=ids).sheets) == set(ids)


def test_other_rules_are_shown_beside_and_decide_nothing(world: World) -> None:
    found = {str(one.label): one for one in alternatives(read(world))}
    ana, ben = label(world, "ana"), label(world, "ben")
    totals = {name: (str(rounded(one.totals[ana])), str(rounded(one.totals[ben]))) for name, one in found.items()}
    assert list(totals.values()) == [("97.44", "95.47"), ("83.20", "82.58")]
    assert world.call.engine_runs.count() == 1


def test_who_is_out_and_on_which_ground(world: World) -> None:
    out = {one.application.label: one for one in out_of_race(world.fresh(), now=clock.now())}
    cora, dan, lou = (out[label(world, who)] for who in ("cora", "dan", "lou"))
    assert (cora.ground, cora.price, cora.limit) == ("over_ceiling", Decimal(14600), Decimal(14000))
    assert (dan.ground, dan.mark, dan.limit, dan.price) == ("below_threshold", Decimal(71), Decimal(75), None)
    assert (lou.ground, lou.mark, lou.price) == ("late", None, None)
    assert lou.received_at is not None
    assert lou.deadline is not None
    assert (lou.received_at - lou.deadline).seconds == 40
    assert list(out) == [label(world, who) for who in ("cora", "dan", "lou")]


def test_a_missed_minimum_names_its_criterion(db: None) -> None:
    world = priced({"ana": GRENOBLE["ana"], "ben": GRENOBLE["dan"]}, rules={"threshold": "50"}, minimum=75)
    assert world.application("ben").state == "below_threshold"
    (one,) = out_of_race(world.fresh(), now=clock.now())
    assert (one.ground, one.criterion) == ("below_minimum", "C1")
    assert (one.criterion_mark, one.limit) == (Decimal(71), Decimal(75))

"""Signing in the application: who, what, once, with or without dissent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from procurement.actions.sign_paper import sign_paper
from procurement.models import Paper, Signature
from tests.procurement.committees import World, kept, opened_call
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused
from workflow.transitions import objections

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: opened_call(in_time=("ana",)))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


@pytest.fixture
def report(world: World) -> Paper:
    return world.call.papers.select_related("call", "file").get(kind="opening_report")


def waiting(world: World) -> list[str]:
    return [reason.code for reason in objections(world.fresh(), "start_compliance", now=clock.now())]


def test_a_signature_holds_the_digest_of_the_file(world: World, report: Paper) -> None:
    assert len(report.sha256) == 64
    signature = sign_paper(paper=report, actor=world["chair"], now=clock.now())
    assert (signature.sha256, signature.member, signature.dissent) == (report.sha256, world.seat("chair"), "")
    event = AuditEvent.objects.get(act="sign_paper")
    assert event.details == {"paper": report.pk, "sha256": report.sha256, "dissent": False}


def test_chair_and_secretary_both_sign_before_the_next_step(world: World, report: Paper) -> None:
    assert "PAN-03" in waiting(world)
    sign_paper(paper=report, actor=world["chair"], now=clock.now())
    assert "PAN-03" in waiting(world)
    sign_paper(
        paper=report, actor=world["secretary"], now=clock.now(), dissent="One envelope was torn, I want it noted."
    )
    assert "PAN-03" not in waiting(world)
    assert Signature.objects.get(member=world.seat("secretary")).dissent == "One envelope was torn, I want it noted."


@pytest.mark.parametrize("who", ["v1", "observer", "officer", "auditor", "authority", "ana"])
def test_nobody_else_signs_it(world: World, report: Paper, who: str) -> None:
    with pytest.raises(NotPermitted):
        sign_paper(paper=report, actor=world[who], now=clock.now())


def test_twice_short_dissent_and_unwritten_are_refused(world: World, report: Paper) -> None:
    with pytest.raises(Refused) as short:
        sign_paper(paper=report, actor=world["chair"], now=clock.now(), dissent="No.")
    sign_paper(paper=report, actor=world["chair"], now=clock.now())
    with pytest.raises(Refused) as twice:
        sign_paper(paper=report, actor=world["chair"], now=clock.now())
    Paper.objects.filter(pk=report.pk).update(file=None)
    with pytest.raises(Refused) as unwritten:
        sign_paper(paper=report, actor=world["secretary"], now=clock.now())
    assert [e.value.codes for e in (short, twice, unwritten)] == [["SIG-04"], ["SIG-03"], ["SIG-01"]]


def test_an_older_version_is_not_signed(world: World, report: Paper) -> None:
    Paper.objects.create(
        call=world.call, kind=report.kind, number=2, language="fr", facts=report.facts, template=report.template
    )
    with pytest.raises(Refused) as caught:
        sign_paper(paper=report, actor=world["chair"], now=clock.now())
    assert caught.value.codes == ["SIG-02"]


def test_a_signature_is_written_once(world: World, report: Paper) -> None:
    signature = sign_paper(paper=report, actor=world["chair"], now=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.filter(pk=signature.pk).update(sha256="0" * 64)


def test_a_declaration_is_nobody_s_to_sign(world: World) -> None:
    paper = Paper.objects.create(call=world.call, kind="declaration", language="fr", facts={}, template="declaration")
    with pytest.raises(NotPermitted):
        sign_paper(paper=paper, actor=world["chair"], now=clock.now())

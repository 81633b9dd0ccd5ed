"""The page of a later deadline: its evidence, the two who act, and what everybody reads afterwards, in both languages."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from procurement.models import Paper
from procurement.web.moves import moves_of
from tests.procurement.applying import DEADLINE
from tests.procurement.committees import World, staffed_call
from tests.procurement.drafts import settle, subscriber
from tests.procurement.incidents import fault, measured
from tests.procurement.web.visits import text_of
from workflow import clock, storage

pytestmark = pytest.mark.django_db
REASON = "Le service n’a pas répondu pendant la dernière heure."
NOW = DEADLINE - timedelta(minutes=10)


@pytest.fixture
def world() -> World:
    made = staffed_call()
    fault(since=DEADLINE - timedelta(minutes=45), failures=31)
    measured(until=NOW)
    clock.set_to(NOW)
    return made


def visitor(world: World, who: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if who:
        world[who].language = language
        world[who].save()
        client.force_login(world[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client, world: World, name: str = "call_extension") -> Any:
    return client.get(reverse(name, args=[world.call.reference]))


def sent(client: Client, world: World, name: str, **fields: str) -> Any:
    return client.post(reverse(name, args=[world.call.reference]), fields, follow=True)


def propose(world: World, hour: str = "20:00", who: str = "officer") -> Any:
    fields = {"deadline_0": "2030-03-12", "deadline_1": hour, "reason": REASON}
    return sent(visitor(world, who), world, "call_extension", **fields)


def test_the_page_shows_the_evidence_and_proposes_the_least_deadline(world: World) -> None:
    shown = text_of(page(visitor(world, "officer"), world))
    assert "The service could not even measure itself. 31 requests to the service failed." in shown
    assert "Time lost: 30 min 0 s" in shown.replace("\xa0", " ")
    answer = page(visitor(world, "officer"), world)
    assert 'value="17:30"' in answer.content.decode()  # Madrid: an hour later than UTC


def test_in_french_too(world: World) -> None:
    shown = text_of(page(visitor(world, "officer", "fr"), world)).replace("\xa0", " ")
    assert "31 demandes faites au service ont échoué." in shown
    assert "Proposer le report" in shown


def test_two_persons_move_the_deadline_and_the_public_reads_old_and_new(world: World) -> None:
    subscriber("reader@example.org", language="en")
    answer = propose(world)
    assert "Another person was asked to decide." in text_of(answer)
    mine, _others = moves_of(world["approver"], now=clock.now())
    assert "Decide whether the deadline moves" in [one.title for one in mine]
    approver = visitor(world, "approver")
    assert "Move the deadline" in text_of(page(approver, world))
    answer = sent(approver, world, "call_extension_decision")
    assert "The deadline has moved" in text_of(answer)
    public = text_of(page(visitor(world, ""), world, "public_call")).replace("\xa0", " ")
    assert "12 March 2030, 20:00" in public
    assert "It was Tuesday 12 March 2030, 17:00 . Reason: Le service n’a pas répondu" in public
    settle()
    told = [one for one in mail.outbox if one.to == ["reader@example.org"]]
    assert [one.subject for one in told] == [f"The deadline has moved later, {world.call.reference}"]
    assert "Before: Tuesday 12 March 2030, 17:00" in told[0].body.replace("\xa0", " ")


def words_in(written: bytes) -> str:
    document = docx.Document(io.BytesIO(written))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(cells).replace("\xa0", " ").replace("\u202f", " ")


def test_the_notice_is_written_anew_with_what_changed(world: World) -> None:
    propose(world)
    sent(visitor(world, "approver"), world, "call_extension_decision")
    settle()
    notice = Paper.objects.filter(call=world.call, kind="notice").latest("number")
    assert notice.file is not None
    words = words_in(storage.read(notice.file))
    assert "La date limite du mardi 12 mars 2030" in words
    assert f"Motif : {REASON}" in words


def test_too_early_a_deadline_is_refused_with_the_least_one(world: World) -> None:
    answer = propose(world, "17:29")
    assert answer.status_code == 409
    assert "must be Tuesday 12 March 2030, 17:30" in text_of(answer).replace("\xa0", " ")
    assert REASON in answer.content.decode()
    assert propose(world, "soon").status_code == 422


def test_who_proposed_cannot_decide_and_may_take_it_back(world: World) -> None:
    propose(world)
    shown = text_of(page(visitor(world, "officer"), world))
    assert "It waits for an approver." in shown
    assert "Take the proposal back" in shown
    assert sent(visitor(world, "officer"), world, "call_extension_decision").status_code == 403
    assert sent(visitor(world, "officer"), world, "call_extension_end", reason="Non.").status_code == 409
    answer = sent(visitor(world, "officer"), world, "call_extension_end", reason=REASON)
    assert "The deadline stays as it was." in text_of(answer)
    assert world.fresh().deadline == DEADLINE


def test_without_a_fault_the_page_says_why_nothing_can_be_proposed() -> None:
    world = staffed_call()
    clock.set_to(NOW)
    shown = text_of(page(visitor(world, "officer"), world))
    assert "No fault in the day before the deadline, nor since." in shown
    assert "without one it is not moved" in shown


@pytest.mark.parametrize("who", ["authority", "auditor", "chair", "observer"])
def test_for_others_the_page_does_not_exist(world: World, who: str) -> None:
    assert page(visitor(world, who), world).status_code == 404
    assert propose(world, who=who).status_code == 403

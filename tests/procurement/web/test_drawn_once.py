"""What visitors read is drawn once for all of them, changes at once with what it shows, and is nobody's own."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.models import Organisation
from procurement.actions.start_application import start_application
from procurement.actions.suspend_call import resume_call, suspend_call
from procurement.models import Paper
from procurement.queries.versions import version_of_call, version_of_list
from procurement.web import drawn_once
from tests.procurement.applying import give_keys, open_call, person, submitted
from tests.procurement.drafts import Office, local, office
from tests.procurement.web.visits import BACKEND, text_of
from workflow import clock

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')


@pytest.fixture(autouse=True)
def kept_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here is drawn again because time passed, so that whatever is drawn again was changed."""
    drawn_once.SHELF.clear()
    monkeypatch.setattr(drawn_once, "FRESH", timedelta(hours=1))


@pytest.fixture
def world(db: None) -> Office:
    return office("published")


def page(world: Office, client: Client | None = None, **how: Any) -> Any:
    return (client or Client()).get(f"/notices/{world.call.reference}/", headers={"accept-language": "en"}, **how)


def test_the_second_visitor_costs_one_question(world: Office, django_assert_num_queries: Any) -> None:
    for drawn in (page(world), Client().get("/")):
        assert drawn.status_code == 200

    with django_assert_num_queries(1):
        assert "Thursday 12 March 2020, 17:00" in text_of(page(world))
    with django_assert_num_queries(1):
        assert world.call.reference in Client().get("/").content.decode()


def test_every_visitor_has_forms_of_their_own(world: Office) -> None:
    first, second = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    tokens = [TOKEN.findall(page(world, one).content.decode()) for one in (first, second)]

    assert len(tokens[0]) > 1
    assert set(tokens[0]).isdisjoint(tokens[1])
    for client, (token, *_more) in zip((first, second), tokens, strict=True):
        sent = {"csrfmiddlewaretoken": token, "language": "fr"}
        assert client.post("/language/", sent).status_code == 302
        assert client.post("/language/", {**sent, "csrfmiddlewaretoken": drawn_once.TOKEN}).status_code == 403


def test_the_countdown_goes_on_from_the_instant_of_the_answer(world: Office) -> None:
    answered = [re.findall(r'data-now="([^"]*)"', page(world).content.decode()) for _ in range(2)]

    assert [len(instants) for instants in answered] == [2, 2]
    assert datetime.fromisoformat(answered[0][0]) < datetime.fromisoformat(answered[1][0]) <= clock.now()


def test_what_an_act_changes_is_seen_at_once(world: Office) -> None:
    approver, reason = world.cast["approver"], "A question about the terms is being answered."
    assert "This call is suspended" not in text_of(page(world))

    suspend_call(call=world.call, reason=reason, actor=approver, now=clock.now())
    assert "This call is suspended" in text_of(page(world))

    later = local("2020-03-19T17:00:00")
    resume_call(call=world.fresh(), new_deadline=later, reason=reason, actor=approver, now=clock.now())
    assert "19 March 2020, 17:00" in text_of(page(world))


def test_a_new_name_of_the_body_and_a_notice_in_word_are_seen_at_once(world: Office) -> None:
    files = world.call.papers.filter(kind="notice")
    kept = files.values_list("file", flat=True)[0]
    files.update(file=None)
    assert "being prepared" in text_of(page(world))

    Paper.objects.filter(call=world.call, kind="notice").update(file=kept)
    assert "being prepared" not in text_of(page(world))

    Organisation.objects.filter(pk=world.call.organisation_id).update(name="Body of Another Name")
    assert "Body of Another Name" in text_of(page(world))
    assert "Body of Another Name" in Client().get("/").content.decode()


def test_the_deadline_closes_the_page_to_the_microsecond(world: Office) -> None:
    deadline = local("2020-03-12T17:00:00")
    clock.set_to(deadline - timedelta(minutes=1))
    assert "Closed" not in text_of(page(world))
    assert world.call.reference in Client().get("/").content.decode()

    clock.set_to(deadline + timedelta(microseconds=1))
    assert "Closed" in text_of(page(world))
    assert world.call.reference not in Client().get("/").content.decode()


def test_nothing_lasts_longer_than_a_second(world: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_once, "FRESH", timedelta(seconds=1))
    clock.set_to(local("2020-03-01T12:00:00"))
    assert "12:00:0" in text_of(page(world))

    clock.set_to(local("2020-03-01T13:30:00"))
    assert "13:30:0" in text_of(page(world))
    clock.set_to(local("2020-03-01T12:00:00"))
    assert "12:00:0" in text_of(page(world))


def test_languages_appearances_and_searches_are_pages_of_their_own(world: Office) -> None:
    english, french, dark = Client(), Client(), Client()
    french.cookies["language"], dark.cookies["theme"] = "fr", "dark"

    assert 'lang="en"' in page(world, english).content.decode()
    assert 'lang="fr"' in page(world, french).content.decode()
    assert 'data-bs-theme="dark"' in page(world, dark).content.decode()
    assert 'data-bs-theme="dark"' not in page(world, english).content.decode()
    assert world.call.reference not in Client().get("/?q=nowhere").content.decode()
    assert world.call.reference in Client().get("/").content.decode()


def test_who_has_a_session_is_given_a_page_of_their_own(world: Office) -> None:
    person = world.cast["E2"]
    own = start_application(call=world.call, actor=person, now=clock.now())
    client = Client()
    client.force_login(person, backend=BACKEND)

    assert own.reference not in page(world).content.decode()
    assert own.reference in page(world, client).content.decode()
    assert own.reference not in page(world).content.decode()


@pytest.mark.django_db
def test_an_application_changes_no_version() -> None:
    call = open_call()
    give_keys(call)
    before = version_of_call(call.reference), version_of_list()
    submitted(call, person("Somebody Else"))
    after = version_of_call(call.reference), version_of_list()

    assert None not in before
    assert [found[1] for found in before if found] == [found[1] for found in after if found]


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["written", "in_review", "approved"])
def test_a_call_that_is_not_public_has_no_version(stage: str) -> None:
    assert version_of_call(office(stage).call.reference) is None


def test_many_visitors_at_once_wait_for_one_drawing() -> None:
    drawn, together, answers = list[HttpRequest](), threading.Barrier(8), list[bytes]()

    @drawn_once.drawn_once(lambda: (datetime.now(UTC), ("same",)))
    def view(request: HttpRequest) -> HttpResponse:
        drawn.append(request)
        return HttpResponse(f"<p>{drawn_once.TOKEN}</p>")

    def visit() -> None:
        together.wait()
        answers.append(view(RequestFactory().get("/somewhere/")).content)

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(drawn) == 1
    assert len(set(answers)) == 8
    assert drawn_once.TOKEN.encode() not in b"".join(answers)


def test_the_page_nobody_asked_for_the_longest_makes_room() -> None:
    shelf = drawn_once.Shelf()
    first, second = shelf.place("first"), shelf.place("second")
    for number in range(drawn_once.MOST - 2):
        shelf.place(number)
    assert shelf.place("first") is first

    shelf.place("one more")
    assert shelf.place("first") is first
    assert shelf.place("second") is not second

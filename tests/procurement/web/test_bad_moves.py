"""Moves that are none: twice, too late, after leaving, above the maximum, into the file of another; told, and nothing seen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from procurement.models import Application, Declaration, Score
from procurement.queries.applications import current_submission
from tests.procurement.applying import AFTER, BEFORE, attach, complete_application, open_call, person, submitted
from tests.procurement.browsers import Browser
from tests.procurement.committees import World, kept
from tests.procurement.panels import fill, scoring, sheet_of
from tests.procurement.web.visits import BACKEND, Visit, text_of
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage

pytestmark = pytest.mark.django_db
TYPED = "Three sources compared, the gaps published in an annex."
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, scoring)


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def of(user: Any, language: str = "en") -> Client:
    client = Browser()
    client.force_login(user, backend=BACKEND)
    client.cookies["language"] = language
    return client


def submit(client: Client, application: Application, key: str) -> Any:
    clock.set_to(BEFORE)
    return client.post(reverse("application_submission", args=[application.reference]), {"key": key})


class TestTwice:
    """A double click, a second tab, and what was changed in between."""

    def test_pressing_twice_is_one_submission_one_receipt_one_mail(self) -> None:
        application = complete_application(open_call(), person())
        client = of(application.user)
        first, again = submit(client, application, "k" * 32), submit(client, application, "k" * 32)
        assert first.headers["Location"] == again.headers["Location"]
        assert application.submissions.count() == Application.objects.filter(user=application.user).count() == 1
        mailed = {"task": "procurement.send_mail", "payload__user_id": application.user_id, "payload__kind": "receipt"}
        assert OutboxMessage.objects.filter(**mailed).count() == 1

    def test_a_second_tab_that_submits_the_same_gets_the_same_receipt(self) -> None:
        application = complete_application(open_call(), person())
        client = of(application.user)
        first, again = submit(client, application, "1" * 32), submit(client, application, "2" * 32)
        assert first.headers["Location"] == again.headers["Location"]
        assert application.submissions.count() == 1
        clock.set_to(AFTER)
        late = client.post(reverse("application_submission", args=[application.reference]), {"key": "3" * 32})
        assert late.headers["Location"] == first.headers["Location"]
        assert not application.submissions.filter(late=True).exists()

    def test_a_second_tab_after_a_change_replaces_and_says_so(self) -> None:
        application = complete_application(open_call(), person())
        client = of(application.user)
        submit(client, application, "1" * 32)
        attach(application, "A5", application.user)
        second = submit(client, application, "2" * 32)
        assert application.submissions.count() == 2
        assert current_submission(application).replaces is not None
        assert "Replaces" in client.get(second.headers["Location"]).content.decode()


@LANGUAGES
def test_who_declares_a_conflict_scores_no_more_and_gets_the_text_back(world: World, language: str) -> None:
    fill(world, "v1", "ana", {"C1a": "8"})
    visit = Visit(world["v1"], world.fresh())
    visit.client.cookies["language"] = language
    told = visit.post(
        "declaration", answer="conflict", with_applications=[world.applications["ana"].reference],
        statement="We published a book together in 2018.",
    )  # fmt: skip
    assert told.status_code == 302
    assert Declaration.objects.filter(member=world.seat("v1")).exists()
    page = f"evaluation/{world.applications['ana'].reference}/"
    before = list(Score.objects.values_list("pk", "mark", "comment"))
    sentence = {"en": "You no longer sit on this committee.", "fr": "Vous ne siégez plus à ce comité."}[language]
    by_script = visit.client.post(f"{visit.root}{page}marks", {"C1b": "9"}, headers={"Accept": "application/json"})
    assert by_script.status_code == 409
    assert sentence in by_script.json()["sentence"]
    by_form = visit.post(f"{page}signature", **{"C1b": "9", "C1b-text": TYPED})
    assert by_form.status_code == 409
    assert sentence in text_of(by_form)
    assert TYPED in by_form.content.decode()
    assert "Ana" not in text_of(by_form)
    assert list(Score.objects.values_list("pk", "mark", "comment")) == before
    assert sheet_of(world, "v1", "ana").state == "void"
    assert AuditEvent.objects.filter(outcome="refused", actor_id=world["v1"].pk, reasons__contains="SHT-02").exists()
    for path in (page, "evaluation/", "applicants/", "", "declarations/"):
        assert visit.get(path).status_code == 404, path


@LANGUAGES
def test_a_mark_above_the_maximum_is_told_beside_it_and_the_stored_one_stays(world: World, language: str) -> None:
    fill(world, "v1", "ana", {"C1b": "12"})
    visit = Visit(world["v1"], world.fresh())
    visit.client.cookies["language"] = language
    page = f"evaluation/{world.applications['ana'].reference}/marks"
    said = {"en": "C1b: a mark lies between 0 and 15.", "fr": "C1b : une note est comprise entre 0 et 15."}[language]
    answer = visit.post(page, **{"C1b": "15.01", "C1b-text": TYPED})
    assert answer.status_code == 409
    assert said in text_of(answer).replace("\u00a0", " ")
    assert 'value="15.01"' in answer.content.decode()
    kept_row = Score.objects.get(sheet=sheet_of(world, "v1", "ana"), criterion__code="C1b")
    assert (kept_row.mark, kept_row.comment) == (Decimal(12), TYPED)


@LANGUAGES
@pytest.mark.parametrize("how", ["page", "script", "act"])
def test_the_application_of_another_is_not_there(db: None, language: str, how: str) -> None:
    application = submitted(open_call(), person())
    stranger = of(person("Yanis Rival"), language)
    headers = {"Accept": "application/json"} if how == "script" else {}
    names = ["application", "application_identity", "application_check", "application_withdrawal"]
    addresses = [reverse(name, args=[application.reference]) for name in names]
    own = of(application.user)
    assert {own.get(address).status_code for address in addresses} == {200}
    send = stranger.post if how == "act" else stranger.get
    for address in addresses:
        answer = send(address, headers=headers)
        missing = stranger.get(address.replace(application.reference, "AP-0000-0000"), headers=headers)
        only_read = address.endswith(("/check/", f"{application.reference}/"))
        assert answer.status_code == (405 if how == "act" and only_read else 404)
        assert application.reference not in answer.content.decode().replace(address, "")
        assert "Nadia" not in answer.content.decode()
        assert missing.status_code == 404
    words = {"en": "There is no page here", "fr": "Il n’y a pas de page ici"}[language]
    told = stranger.get(addresses[0], headers=headers)
    assert (told.json()["sentence"] if how == "script" else told.content.decode()).count(words) >= 1
    application.refresh_from_db()
    assert application.state == "submitted"

"""The profile saves itself, keeps what is valid, says what is not, and knows what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from experts.actions.write_profile import write_profile
from experts.models import Education, Experience, Expert, LanguageSkill
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted

JSON = {"accept": "application/json"}
WHOLE = {"address": "1 Road", "city": "Lyon", "country": "France", "phone": "+33 4 00 00", "vat_status": "exempt"}


def states(browser: Client) -> dict[str, str]:
    return {part.name: part.state for part in browser.get("/profile/").context["parts"]}


def test_a_first_visit_opens_an_empty_profile(browser_of_nadia: Client) -> None:
    assert set(states(browser_of_nadia).values()) == {"not_started"}
    states(browser_of_nadia)
    assert AuditEvent.objects.filter(act="open_profile").count() == 1


def test_typing_is_saved_with_the_servers_hour(browser_of_nadia: Client) -> None:
    before = clock.now()
    answer = browser_of_nadia.post("/profile/identity/", {"city": "Lyon"}, headers=JSON).json()
    assert answer["errors"] == {}
    saved = datetime.fromisoformat(answer["saved_at"])
    assert saved >= before.replace(microsecond=0)
    assert saved.utcoffset() is not None
    assert Expert.objects.get().city == "Lyon"


def test_bad_input_loses_nothing_that_is_good(browser_of_nadia: Client) -> None:
    sent = {**WHOLE, "phone": "abc", "vat_status": "king", "nationality": "x" * 121}
    answer = browser_of_nadia.post("/profile/identity/", sent, headers=JSON)
    assert answer.status_code == 200
    assert set(answer.json()["errors"]) == {"phone", "vat_status", "nationality"}
    expert = Expert.objects.get()
    assert (expert.address, expert.city, expert.phone, expert.vat_status) == ("1 Road", "Lyon", "", "")


def test_a_field_that_was_not_sent_is_left_alone(browser_of_nadia: Client) -> None:
    browser_of_nadia.post("/profile/identity/", WHOLE, headers=JSON)
    browser_of_nadia.post("/profile/identity/", {"city": ""}, headers=JSON)
    expert = Expert.objects.get()
    assert (expert.city, expert.country) == ("", "France")


def test_without_script_the_page_comes_back_with_the_text_and_the_sentence(browser_of_nadia: Client) -> None:
    page = browser_of_nadia.post("/profile/identity/", {**WHOLE, "phone": "abc"}).content.decode()
    assert "Write a telephone number with digits only" in page
    assert 'value="abc"' in page
    assert browser_of_nadia.post("/profile/identity/", WHOLE).url == "/profile/"


def test_the_log_names_columns_and_never_what_stands_in_them(browser_of_nadia: Client) -> None:
    for _ in range(2):
        browser_of_nadia.post("/profile/identity/", {"city": "Lyon", "phone": "abc"}, headers=JSON)
    event = AuditEvent.objects.get(act="write_profile")
    assert event.details == {"columns": ["city"]}


def test_parts_become_complete(browser_of_nadia: Client, nadia: User) -> None:
    browser_of_nadia.post("/profile/identity/", {"city": "Lyon"})
    assert states(browser_of_nadia)["identity"] == "in_progress"
    browser_of_nadia.post("/profile/identity/", WHOLE)
    browser_of_nadia.post("/profile/expertise/", {"fields": ["migration", "law"], "other_fields": "", "summary": ""})
    assert Expert.objects.get().fields == ["migration", "law"]
    now = states(browser_of_nadia)
    assert (now["identity"], now["expertise"], now["languages"]) == ("complete", "complete", "not_started")
    browser_of_nadia.post("/profile/expertise/", {"other_fields": "", "summary": "Begun"})
    assert states(browser_of_nadia)["expertise"] == "in_progress"


def test_a_field_of_expertise_outside_the_list_is_refused(browser_of_nadia: Client) -> None:
    answer = browser_of_nadia.post("/profile/expertise/", {"fields": ["magic"], "summary": "Kept"}, headers=JSON)
    assert set(answer.json()["errors"]) == {"fields"}
    assert (Expert.objects.get().fields, Expert.objects.get().summary) == ([], "Kept")


def test_nobody_writes_anothers_profile(nadia: User, person: Callable[[str], User]) -> None:
    expert = Expert.objects.create(user=nadia)
    write_profile(expert=expert, values={"city": "Lyon"}, actor=nadia, now=clock.now())
    with pytest.raises(NotPermitted):
        write_profile(expert=expert, values={"city": "Oslo"}, actor=person("Eve"), now=clock.now())
    assert Expert.objects.get(pk=expert.pk).city == "Lyon"


def test_only_columns_of_the_profile_can_be_written(nadia: User, person: Callable[[str], User]) -> None:
    expert = Expert.objects.create(user=nadia)
    values = {"city": "Lyon", "user": person("Eve"), "cv_id": None, "id": 9}
    written = write_profile(expert=expert, values=values, actor=nadia, now=clock.now())
    assert (written.city, written.user, written.pk) == ("Lyon", nadia, expert.pk)


def test_the_profile_asks_for_a_login(client: Client, db: None) -> None:
    for page in ("/profile/", "/profile/identity/", "/profile/cv/", "/profile/cv/file/", "/profile/languages/"):
        assert client.get(page).url.startswith("/accounts/login/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_profile_costs_the_same_with_few_rows_and_many(
    browser_of_nadia: Client, nadia: User, django_assert_num_queries: Any, rows: int
) -> None:
    expert = Expert.objects.create(user=nadia)
    for number in range(rows):
        LanguageSkill.objects.create(expert=expert, language=["fr", "en", "es"][number], level="C1")
        Education.objects.create(expert=expert, title="T", institution="I", end_year=2000 + number)
        Experience.objects.create(expert=expert, position="P", organisation="O")
    browser_of_nadia.get("/profile/")
    with django_assert_num_queries(8):
        browser_of_nadia.get("/profile/")
    with django_assert_num_queries(6):
        assert len(browser_of_nadia.get("/profile/experience/").context["rows"]) == rows

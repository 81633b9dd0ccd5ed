"""Rows of the profile: added, written, removed, each with or without script; nobody reaches another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from experts.actions.add_row import add_row
from experts.actions.remove_row import remove_row
from experts.actions.write_row import write_row
from experts.models import Education, Experience, Expert, LanguageSkill
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused

JSON = {"accept": "application/json"}


def added(browser: Client, kind: str) -> str:
    return str(browser.post(f"/profile/{kind}/new/").url)


def test_a_row_is_added_filled_and_removed_without_script(browser_of_nadia: Client) -> None:
    page = added(browser_of_nadia, "experience")
    sent = {
        "position": "Researcher",
        "organisation": "ICMPD",
        "started_on": "2019-03",
        "ended_on": "",
        "description": "",
    }
    assert browser_of_nadia.post(page, sent).url == "/profile/experience/"
    row = Experience.objects.get()
    assert (row.position, row.started_on, row.ended_on, row.is_complete) == ("Researcher", date(2019, 3, 1), None, True)
    assert "ICMPD, 03/2019" in browser_of_nadia.get("/profile/experience/").content.decode()
    assert browser_of_nadia.post(f"{page}removal/").url == "/profile/experience/"
    assert not Experience.objects.exists()
    assert AuditEvent.objects.filter(act="remove_row").count() == 1


def test_pressing_twice_adds_one_empty_row(browser_of_nadia: Client) -> None:
    assert added(browser_of_nadia, "education") == added(browser_of_nadia, "education")
    assert Education.objects.count() == 1


def test_adding_takes_a_button(browser_of_nadia: Client) -> None:
    assert browser_of_nadia.get("/profile/education/new/").status_code == 405
    page = added(browser_of_nadia, "education")
    assert browser_of_nadia.get(f"{page}removal/").status_code == 405


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"started_on": "2019-13"}, "started_on"),
        ({"started_on": "March"}, "started_on"),
        ({"started_on": "1066-10"}, "started_on"),
        ({"started_on": "2019-03", "ended_on": "2018-12"}, "ended_on"),
        ({"position": "x" * 201}, "position"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_the_rest_is_kept(
    browser_of_nadia: Client, sent: dict[str, str], wrong: str
) -> None:
    page = added(browser_of_nadia, "experience")
    answer = browser_of_nadia.post(page, {"organisation": "ICMPD", **sent}, headers=JSON).json()
    assert set(answer["errors"]) == {wrong}
    row = Experience.objects.get()
    assert row.organisation == "ICMPD"
    assert getattr(row, wrong) in ("", None)


def test_a_month_may_be_written_either_way(browser_of_nadia: Client) -> None:
    page = added(browser_of_nadia, "experience")
    browser_of_nadia.post(page, {"started_on": "3/2019", "ended_on": "2020/4"}, headers=JSON)
    row = Experience.objects.get()
    assert (row.started_on, row.ended_on) == (date(2019, 3, 1), date(2020, 4, 1))


def test_years_of_a_diploma(browser_of_nadia: Client) -> None:
    page = added(browser_of_nadia, "education")
    answer = browser_of_nadia.post(
        page, {"title": "MSc", "start_year": "2010", "end_year": "2008"}, headers=JSON
    ).json()
    assert set(answer["errors"]) == {"end_year"}
    answer = browser_of_nadia.post(page, {"start_year": "10"}, headers=JSON).json()
    assert set(answer["errors"]) == {"start_year"}
    row = Education.objects.get()
    assert (row.title, row.start_year, row.end_year) == ("MSc", 2010, None)


def test_a_language_stands_once_and_needs_a_level_unless_it_is_the_mother_tongue(browser_of_nadia: Client) -> None:
    first = added(browser_of_nadia, "languages")
    browser_of_nadia.post(first, {"language": "fr"}, headers=JSON)
    assert not LanguageSkill.objects.get().is_complete
    browser_of_nadia.post(first, {"language": "fr", "mother_tongue": "on"}, headers=JSON)
    assert LanguageSkill.objects.get().is_complete
    second = added(browser_of_nadia, "languages")
    answer = browser_of_nadia.post(second, {"language": "fr", "level": "B2"}, headers=JSON).json()
    assert set(answer["errors"]) == {"language"}
    assert set(LanguageSkill.objects.values_list("language", "level")) == {("fr", ""), ("", "B2")}


def test_an_unticked_box_is_unticked(browser_of_nadia: Client) -> None:
    page = added(browser_of_nadia, "languages")
    browser_of_nadia.post(page, {"language": "fr", "mother_tongue": "on"}, headers=JSON)
    browser_of_nadia.post(page, {"language": "fr"}, headers=JSON)
    assert not LanguageSkill.objects.get().mother_tongue


@pytest.mark.parametrize("kind", ["languages", "education", "experience"])
def test_anothers_row_does_not_exist(
    browser_of_nadia: Client, person: Callable[[str], User], browser_of: Callable[[User], Client], kind: str
) -> None:
    page = added(browser_of_nadia, kind)
    assert browser_of_nadia.get(page).status_code == 200
    stranger = browser_of(person("Eve"))
    assert stranger.get(page).status_code == 404
    assert stranger.post(page, {"title": "Mine", "position": "Mine", "level": "C2"}).status_code == 404
    assert stranger.post(f"{page}removal/").status_code == 404
    assert stranger.get(f"/profile/{kind}/").context["rows"] == []
    assert browser_of_nadia.get(page).status_code == 200


def test_nobody_acts_on_anothers_row(nadia: User, person: Callable[[str], User]) -> None:
    expert, eve, now = Expert.objects.create(user=nadia), person("Eve"), clock.now()
    row = add_row(expert=expert, model=Experience, actor=nadia, now=now)
    attempts: list[Callable[[], Any]] = [
        lambda: add_row(expert=expert, model=Education, actor=eve, now=now),
        lambda: write_row(row=row, values={"position": "Mine"}, actor=eve, now=now),
        lambda: remove_row(row=row, actor=eve, now=now),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert Experience.objects.get().position == ""
    assert AuditEvent.objects.filter(outcome="refused", actor_id=eve.pk).count() == 3


def test_a_row_cannot_be_given_to_another_profile(nadia: User, person: Callable[[str], User]) -> None:
    expert, other = Expert.objects.create(user=nadia), Expert.objects.create(user=person("Eve"))
    row = add_row(expert=expert, model=Experience, actor=nadia, now=clock.now())
    written = write_row(row=row, values={"expert": other, "position": "P"}, actor=nadia, now=clock.now())
    assert (written.position, written.expert) == ("P", expert)


def test_sixty_rows_are_enough(nadia: User) -> None:
    expert, now = Expert.objects.create(user=nadia), clock.now()
    Experience.objects.bulk_create(Experience(expert=expert, saved_at=now) for _ in range(59))
    write_row(row=add_row(expert=expert, model=Experience, actor=nadia, now=now), values={}, actor=nadia, now=now)
    with pytest.raises(Refused) as refusal:
        add_row(expert=expert, model=Experience, actor=nadia, now=now)
    assert refusal.value.codes == ["ROOM_FOR_ROWS"]

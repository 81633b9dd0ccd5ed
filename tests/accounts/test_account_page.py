"""One's own account: settings that change how pages speak, the export, the request for erasure."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accounts import personal
from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from experts.models import Expert
from workflow.models import AuditEvent


def test_pages_speak_the_persons_language_until_another_is_chosen_here(
    browser_of: Callable[[User], Client], person: Callable[..., User]
) -> None:
    browser = browser_of(person("Luc Lecteur", language="fr"))
    assert b'<html lang="fr"' in browser.get("/account/", headers={"accept-language": "en"}).content
    browser.post("/language/", {"language": "en"})
    assert b'<html lang="en"' in browser.get("/account/").content


def test_settings_are_kept_and_take_effect_at_once(browser_of: Callable[[User], Client], rosa: User) -> None:
    browser = browser_of(rosa)
    values = {"full_name": " Rosa  Reader-Writer ", "language": "fr", "timezone": "Asia/Beirut"}
    assert browser.post("/account/", values).url == "/account/"
    rosa.refresh_from_db()
    assert (rosa.full_name, rosa.language, rosa.timezone) == ("Rosa Reader-Writer", "fr", "Asia/Beirut")
    assert b'<html lang="fr"' in browser.get("/account/").content
    assert AuditEvent.objects.get(act="change_account").details == {"columns": ["full_name", "language", "timezone"]}


@pytest.mark.parametrize("change", [{"full_name": " "}, {"timezone": "Mars/Olympus"}, {"language": "xx"}])
def test_bad_settings_change_nothing(browser_of: Callable[[User], Client], rosa: User, change: dict[str, str]) -> None:
    values = {"full_name": "Other", "language": "fr", "timezone": "UTC", **change}
    page = browser_of(rosa).post("/account/", values)
    assert set(page.context["form"].errors) == set(change)
    assert User.objects.get(pk=rosa.pk).full_name == "Rosa Reader"
    assert page.context["user"].full_name == "Rosa Reader"


def test_hours_are_the_readers(browser_of: Callable[[User], Client], person: Callable[..., User]) -> None:
    browser = browser_of(person("Bea Beirut", timezone="Asia/Beirut"))
    seen = []
    browser.get("/account/")
    seen.append(timezone.get_current_timezone_name())
    Client().get("/accounts/login/")
    seen.append(timezone.get_current_timezone_name())
    assert seen == ["Asia/Beirut", "UTC"]


def test_the_export_holds_what_is_kept_and_nothing_of_others(
    browser_of: Callable[[User], Client], rosa: User, person: Callable[..., User], city: Organisation
) -> None:
    other = person("Other Person")
    for user in (rosa, other):
        Membership.objects.create(user=user, organisation=city, role=Role.OFFICER)
        Expert.objects.create(user=user, city=f"City of {user}")
    answer = browser_of(rosa).get("/account/data/")
    content = json.loads(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert content["accounts.user"][0]["email"] == rosa.email
    assert content["accounts.membership"][0]["organisation"] == "City of Tests"
    assert content["experts.expert"][0]["city"] == "City of Rosa Reader"
    assert [act["act"] for act in content["acts"]] == []
    assert "Other Person" not in answer.content.decode()
    assert "password" not in answer.content.decode()


def test_the_anonymous_export_nothing(client: Client, db: None) -> None:
    assert client.get("/account/data/").status_code == 302


def test_every_model_of_people_names_its_personal_columns(db: None) -> None:
    for model in [*apps.get_app_config("accounts").get_models(), *apps.get_app_config("experts").get_models()]:
        declared = model.__dict__.get("PERSONAL")
        assert declared is not None, model
        assert {field.name for field in model._meta.get_fields()} >= set(declared), model
        if declared:
            assert model in set(personal.models_with_personal_columns()), model
            model.objects.filter(**{model.PERSONAL_OWNER: 0}).exists()


def test_a_request_for_erasure_reaches_those_who_answer(
    browser_of: Callable[[User], Client], rosa: User, post: Any, settings: Any
) -> None:
    settings.CONTACT_EMAIL = "data@people.example"
    browser = browser_of(rosa)
    assert b"What stays" in browser.get("/account/erasure/").content
    assert not post.to("data@people.example")
    for _ in range(2):
        browser.post("/account/erasure/")
    [letter] = post.to("data@people.example")
    assert rosa.email in letter.text
    assert User.objects.filter(pk=rosa.pk, is_active=True).exists()

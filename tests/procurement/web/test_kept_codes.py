"""The access code kept with an account: asked for by its password elsewhere, and what a change of the password does to it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import personal
from accounts.models import User
from procurement.actions.save_part import save_identity
from procurement.demo.codes import CODE, begin
from procurement.models import Application, KeptCode
from tests.procurement.applying import BEFORE, IDENTITY, open_call, person
from tests.procurement.browsers import Browser
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "a long password of words", "quite another sentence"


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def actor() -> User:
    clock.set_to(BEFORE)
    return person()


@pytest.fixture
def application(actor: User) -> Application:
    made = begin(call=open_call(), actor=actor, now=BEFORE)
    save_identity(application=made, identity=IDENTITY, actor=actor, now=BEFORE)
    return made


def browser(actor: User, *, forgetful: bool = True) -> Client:
    made = Browser(forgetful=forgetful)
    made.force_login(actor, backend="allauth.account.auth_backends.AuthenticationBackend")
    made.cookies["language"] = "en"
    return made


def at(name: str, application: Application) -> str:
    return reverse(name, args=[application.reference])


def keep(application: Application, actor: User, password: str = PASSWORD) -> Any:
    return browser(actor, forgetful=False).post(at("application_code_keeping", application), {"password": password})


def open_with(application: Application, actor: User, password: str = PASSWORD, **more: str) -> Any:
    return browser(actor).post(at("application_code_password", application), {"password": password, **more})


def acts() -> list[str]:
    return list(AuditEvent.objects.filter(act__endswith="_code").order_by("id").values_list("act", flat=True))


def test_nothing_is_kept_unless_somebody_asks_and_types_the_password(application: Application, actor: User) -> None:
    assert not KeptCode.objects.exists()
    assert "This is not the password of your account." in keep(application, actor, "wrong").content.decode()
    assert not KeptCode.objects.exists()
    assert keep(application, actor).url == at("application_code", application)
    assert "Kept since" in browser(actor, forgetful=False).get(at("application_code", application)).content.decode()


def test_another_device_opens_with_the_password(application: Application, actor: User) -> None:
    keep(application, actor)
    client, identity = browser(actor), at("application_identity", application)
    asked = client.get(client.get(identity).url).content.decode()
    assert "With the password of your account" in asked
    opened = client.post(at("application_code_password", application), {"password": PASSWORD, "next": identity})
    assert opened.url == identity
    cookie = client.cookies[f"appel_seal_{application.reference}"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (CODE, True, "Strict")
    assert IDENTITY["name"] in client.get(identity).content.decode()
    assert acts() == ["keep_code", "open_kept_code"]


def test_what_was_typed_goes_on_with_the_password_too(application: Application, actor: User) -> None:
    keep(application, actor)
    client, identity = browser(actor), at("application_identity", application)
    typed = urlencode({**IDENTITY, "name": "Nadia Typed", "version": ""})
    refused = client.post(identity, typed, content_type="application/x-www-form-urlencoded").content.decode()
    form = refused[refused.index("with-password") :]
    kept = dict(re.findall(r'name="(typed:[^"]+|path|next)" value="([^"]*)"', form))
    wrong = client.post(at("application_code_password", application), {**kept, "password": "wrong"}).content.decode()
    assert wrong.count('name="typed:name" value="Nadia Typed"') == 2
    right = client.post(at("application_code_password", application), {**kept, "password": PASSWORD}).content.decode()
    assert 'name="name" value="Nadia Typed"' in right
    assert PASSWORD not in right + wrong


def test_a_wrong_password_is_said_and_counted(application: Application, actor: User) -> None:
    keep(application, actor)
    for _ in range(4):
        answer = open_with(application, actor, "wrong")
        assert (answer.status_code, "appel_seal_" in str(answer.cookies)) == (200, False)
        assert "This is not the password of your account." in answer.content.decode()
    assert open_with(application, actor, "wrong").status_code == 429
    assert open_with(application, actor).status_code == 429
    login = Client().post("/accounts/login/", {"login": actor.email, "password": PASSWORD})
    assert login.status_code == 429


def test_the_right_password_ends_the_counting(application: Application, actor: User) -> None:
    keep(application, actor)
    for _ in range(3):
        for _ in range(3):
            open_with(application, actor, "wrong")
        assert open_with(application, actor).status_code == 302


def test_a_changed_password_opens_and_the_old_one_does_not(application: Application, actor: User) -> None:
    keep(application, actor)
    before = KeptCode.objects.get().sealed
    changed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser(actor).post("/accounts/password/change/", changed).status_code == 302
    actor.refresh_from_db()
    assert KeptCode.objects.get().sealed != before
    assert "This is not the password" in open_with(application, actor).content.decode()
    assert open_with(application, actor, NEW).status_code == 302
    assert "rewrap_code" in acts()


def test_a_password_chosen_through_the_mail_loses_it_and_the_pages_say_so(
    application: Application, actor: User
) -> None:
    keep(application, actor)
    someone = Client(headers={"accept-language": "en"})
    someone.post("/accounts/password/reset/", {"email": actor.email})
    text = OutboxMessage.objects.latest("id").payload["text"]
    assert "are lost when the password is chosen anew" in text
    link = re.search(r"/accounts/password/reset/key/\S+", text)
    form = someone.get(link[0], follow=True)
    assert "we cannot read them, and they are lost" in form.content.decode()
    someone.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    kept = KeptCode.objects.get()
    assert (kept.sealed, kept.lost_at is not None) == (None, True)
    actor.refresh_from_db()
    asked = browser(actor).get(at("application_code", application)).content.decode()
    assert "Use your code, or begin anew." in asked
    assert "With the password of your account" not in asked
    assert "does not open with this password" in open_with(application, actor, NEW).content.decode()
    keep(application, actor, NEW)
    assert open_with(application, actor, NEW).status_code == 302


def test_a_password_changed_behind_the_pages_opens_nothing_and_says_what_does(
    application: Application, actor: User
) -> None:
    keep(application, actor)
    actor.set_password(NEW)
    actor.save()
    assert "does not open with this password" in open_with(application, actor, NEW).content.decode()


def test_it_can_be_thrown_away_and_goes_with_a_new_code(application: Application, actor: User) -> None:
    keep(application, actor)
    browser(actor).post(at("application_code_forgetting", application))
    assert not KeptCode.objects.exists()
    keep(application, actor)
    browser(actor).post(at("application_code_renewal", application))
    assert not KeptCode.objects.exists()


def test_without_the_code_nothing_can_be_kept(application: Application, actor: User) -> None:
    refused = browser(actor).post(at("application_code_keeping", application), {"password": PASSWORD})
    assert refused.status_code == 409
    assert not KeptCode.objects.exists()


def test_a_row_moved_to_another_person_or_application_opens_nothing(application: Application, actor: User) -> None:
    keep(application, actor)
    other = begin(call=open_call(), actor=actor, now=BEFORE)
    Application.objects.filter(pk=other.pk).update(key_check=application.key_check)
    KeptCode.objects.update(application=other)
    assert "does not open with this password" in open_with(other, actor).content.decode()


def test_what_is_kept_says_neither_code_nor_password_and_the_export_no_more(
    application: Application, actor: User
) -> None:
    keep(application, actor)
    row = json.dumps(KeptCode.objects.values("sealed").get())
    assert CODE not in row
    assert CODE.replace("-", "") not in row
    exported = personal.export_of(actor, now=BEFORE)["procurement.keptcode"]
    assert set(exported[0]) == {"application", "kept_at", "lost_at"}


def test_a_draft_thrown_away_takes_it_along(application: Application, actor: User) -> None:
    keep(application, actor)
    browser(actor, forgetful=False).post(at("application_abandonment", application))
    assert not Application.objects.filter(pk=application.pk).exists()
    assert not KeptCode.objects.exists()

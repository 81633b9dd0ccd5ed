"""TOTP for those who choose it, compulsory for staff, fresh before the acts that count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client

from accounts import staff
from accounts.enums import Role
from accounts.models import Membership, Organisation, User

PASSWORD = "a sentence of several words"


def code_of(secret: str) -> str:
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.TWO_FACTOR_REQUIRED = True


@pytest.fixture
def officer(rosa: User, city: Organisation) -> User:
    Membership.objects.create(user=rosa, organisation=city, role=Role.OFFICER)
    return rosa


def set_up_app(browser: Client) -> str:
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret
    answer = browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    return str(secret)


@pytest.mark.django_db(transaction=True)  # the proof is noted after the commit
def test_who_has_just_set_up_the_app_sees_the_recovery_codes_at_once(
    browser_of: Callable[[User], Client], officer: User
) -> None:
    browser = browser_of(officer)
    set_up_app(browser)
    assert browser.get("/accounts/2fa/recovery-codes/").status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.AUTHORITY, Role.AUDITOR])
def test_staff_without_one_reach_the_explanation_only(
    browser_of: Callable[[User], Client], rosa: User, city: Organisation, role: Role
) -> None:
    browser = browser_of(rosa)
    assert browser.get("/account/").status_code == 200
    Membership.objects.create(user=rosa, organisation=city, role=role)
    for page in ("/account/", "/organisations/", "/profile/", "/accounts/email/"):
        assert browser.get(page).url.startswith("/account/second-factor/")
    assert browser.get("/account/second-factor/").status_code == 200
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200
    assert browser.get("/personal-data/").status_code == 200


def test_an_ended_role_asks_for_nothing(browser_of: Callable[[User], Client], officer: User, now: Any) -> None:
    browser = browser_of(officer)
    assert browser.get("/account/").status_code == 302
    Membership.objects.update(ended_at=now)
    assert browser.get("/account/").status_code == 200


def test_a_script_is_told_and_not_redirected(browser_of: Callable[[User], Client], officer: User) -> None:
    answer = browser_of(officer).post("/profile/identity/", {}, headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["login"].startswith("/account/second-factor/")


def test_applicants_and_representatives_need_none(
    browser_of: Callable[[User], Client], rosa: User, city: Organisation
) -> None:
    Membership.objects.create(user=rosa, organisation=city, role=Role.REPRESENTATIVE)
    assert browser_of(rosa).get("/account/").status_code == 200


def test_a_registered_question_makes_it_compulsory(
    browser_of: Callable[[User], Client], rosa: User, monkeypatch: Any
) -> None:
    browser = browser_of(rosa)
    assert browser.get("/account/").status_code == 200
    monkeypatch.setattr(staff, "PREDICATES", [])
    staff.register(lambda user: user == rosa)
    assert browser.get("/account/").url.startswith("/account/second-factor/")


def test_setting_up_an_app_opens_the_way(browser_of: Callable[[User], Client], officer: User) -> None:
    browser = browser_of(officer)
    set_up_app(browser)
    assert browser.get("/account/").status_code == 200
    kinds = set(Authenticator.objects.filter(user=officer).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}


def test_a_wrong_code_sets_up_nothing(browser_of: Callable[[User], Client], officer: User) -> None:
    browser = browser_of(officer)
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200
    assert browser.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert browser.get("/account/").status_code == 302


def test_login_asks_for_the_code_and_takes_each_code_once(officer: User) -> None:
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(officer, secret)
    browser = Client()
    first = browser.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    assert first.url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in browser.session
    assert browser.post("/accounts/2fa/authenticate/", {"code": "12345"}).status_code == 200
    code = code_of(secret)
    assert browser.post("/accounts/2fa/authenticate/", {"code": code}).url == "/desk/"
    other = Client()
    other.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    assert other.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_removing_the_only_factor_closes_the_way_at_once(officer: User) -> None:
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(officer, secret)
    browser = Client()
    browser.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert browser.get("/account/").status_code == 200
    browser.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert browser.get("/account/").url.startswith("/account/second-factor/")


def test_a_recovery_code_opens_once(officer: User) -> None:
    auth.TOTP.activate(officer, auth.generate_totp_secret())
    codes = RecoveryCodes.activate(officer).get_unused_codes()
    answers = []
    for _ in range(2):
        browser = Client()
        browser.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
        answers.append(browser.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code)
    assert answers == [302, 200]


@pytest.mark.urls("tests.accounts.addresses")
class TestFreshness:
    """The decorator of the acts that count."""

    def asked(self, browser: Client, settings: Any) -> Any:
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        return browser.post(
            "/acts/publication/", {"reason": "All agreed."}, headers={"referer": "http://testserver/acts/"}
        )

    def test_those_who_have_just_logged_in_go_on(self, browser_of: Callable[[User], Client], rosa: User) -> None:
        answer = browser_of(rosa).post("/acts/publication/", {"reason": "All agreed."})
        assert answer.content == b"done: All agreed."

    def test_others_are_asked_and_keep_what_they_wrote(
        self, browser_of: Callable[[User], Client], rosa: User, settings: Any
    ) -> None:
        browser = browser_of(rosa)
        answer = self.asked(browser, settings)
        assert answer.url.startswith("/accounts/reauthenticate/?next=%2Faccount%2Fconfirmed%2F")
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
        back = browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/account/confirmed/"})
        assert back.url == "/account/confirmed/"
        page = browser.get("/account/confirmed/")
        assert "Nothing has been done yet." in page.content.decode()
        assert 'name="reason" value="All agreed."' in page.content.decode()
        assert browser.post("/acts/publication/", {"reason": "All agreed."}).content == b"done: All agreed."
        assert browser.get("/account/confirmed/").url == "/desk/"

    def test_a_wrong_password_does_nothing(
        self, browser_of: Callable[[User], Client], rosa: User, settings: Any
    ) -> None:
        browser = browser_of(rosa)
        self.asked(browser, settings)
        assert browser.post("/accounts/reauthenticate/", {"password": "no"}).status_code == 200
        assert browser.get("/account/confirmed/").url == "/acts/"

    def test_with_a_second_factor_the_password_is_not_enough(
        self, browser_of: Callable[[User], Client], officer: User, settings: Any
    ) -> None:
        browser = browser_of(officer)
        auth.TOTP.activate(officer, auth.generate_totp_secret())
        answer = browser.post("/acts/publication/", {"reason": "All agreed."})
        assert answer.url.startswith("/accounts/2fa/reauthenticate/")
        assert browser.get("/accounts/reauthenticate/").url.startswith("/accounts/2fa/reauthenticate/")

    def test_a_page_that_is_only_looked_at_leads_back_to_itself(
        self, browser_of: Callable[[User], Client], rosa: User, settings: Any
    ) -> None:
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        answer = browser_of(rosa).get("/acts/publication/")
        assert answer.url == "/accounts/reauthenticate/?next=%2Facts%2Fpublication%2F"

    def test_a_demonstration_asks_nothing(
        self, browser_of: Callable[[User], Client], rosa: User, settings: Any
    ) -> None:
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT, settings.TWO_FACTOR_REQUIRED = 0, False
        assert browser_of(rosa).post("/acts/publication/", {"reason": "x"}).content == b"done: x"

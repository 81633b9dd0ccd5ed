"""Saving while one writes: by script, by the button, from two windows, too late, without a session."""

from __future__ import annotations

import pytest
from django.urls import reverse

from procurement.demo.codes import begin
from procurement.models.working_copy import working_envelope
from tests.procurement.applying import AFTER, BEFORE, IDENTITY, firm, open_call, person
from workflow import clock

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def actor(client):
    clock.set_to(BEFORE)
    one = person()
    client.force_login(one)
    return one


@pytest.fixture
def draft(actor):
    return begin(call=open_call(), actor=actor, now=BEFORE)


def address(draft, part):
    if part in {"identity", "price", "applicant"}:
        return reverse(f"application_{part}", args=[draft.reference])
    return reverse("application_document", args=[draft.reference, part])


def stored(draft, kind="technical"):
    return working_envelope(draft, kind).content


def test_the_script_is_told_the_hour_in_the_zone_of_the_call(client, draft):
    said = client.post(address(draft, "A1"), {"text": "A word."}, headers=SCRIPT).json()
    assert said["saved_at"].startswith("2030-03-10T17:00:0")
    assert said["saved_at"].endswith("+01:00")
    assert said["errors"] == {}
    assert stored(draft)["notes"] == {"A1": "A word."}


def test_each_saving_goes_on_from_the_version_before(client, draft):
    first = client.post(address(draft, "identity"), {**IDENTITY, "version": ""}, headers=SCRIPT).json()
    changed = {**IDENTITY, "country": "Maroc"}
    second = client.post(address(draft, "identity"), {**changed, "version": first["version"]}, headers=SCRIPT)
    assert second.status_code == 200
    stale = client.post(address(draft, "identity"), {**IDENTITY, "version": first["version"]}, headers=SCRIPT)
    assert stale.status_code == 409
    assert "another window" in stale.json()["sentence"]
    assert stored(draft)["identity"]["country"] == "Maroc"


def test_a_stale_page_shows_both_texts_and_saves_knowingly_the_second_time(client, draft):
    client.post(address(draft, "A1"), {"text": "Stored elsewhere.", "version": ""})
    answer = client.post(address(draft, "A1"), {"text": "Typed here.", "version": ""})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Stored elsewhere." in shown
    assert "Typed here." in shown
    client.post(address(draft, "A1"), {"text": "Typed here.", "version": answer.context["form"].data["version"]})
    assert stored(draft)["notes"]["A1"] == "Typed here."


def test_after_the_deadline_what_was_typed_comes_back(client, draft):
    clock.set_to(AFTER)
    answer = client.post(address(draft, "A1"), {"text": "Typed at the last second."})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "The deadline passed on Tuesday 12 March 2030, 17:00, Madrid time (UTC+1): this was not submitted." in shown
    assert "Typed at the last second." in shown
    said = client.post(address(draft, "A1"), {"text": "Typed."}, headers=SCRIPT)
    assert said.status_code == 409
    assert said.json()["sentence"].startswith("The deadline passed")


def test_without_a_session_the_script_is_told_and_nothing_is_saved(client, draft):
    client.logout()
    answer = client.post(address(draft, "A1"), {"text": "Typed."}, headers=SCRIPT)
    assert answer.status_code == 401
    assert "notes" not in stored(draft)


def test_what_is_valid_is_saved_and_what_is_not_keeps_its_old_value(client, draft):
    client.post(address(draft, "price"), {"days": "40", "rate": "300", "expenses": "0"}, headers=SCRIPT)
    said = client.post(
        address(draft, "price"), {"days": "forty", "rate": "310", "expenses": "0", "version": "x"}, headers=SCRIPT
    )
    assert said.status_code == 409  # the version is not the one stored
    version = draft.envelopes.get(kind="financial").saved_parts["price"]
    said = client.post(
        address(draft, "price"), {"days": "forty", "rate": "310", "expenses": "0", "version": version}, headers=SCRIPT
    ).json()
    assert list(said["errors"]) == ["days"]
    assert stored(draft, "financial")["price"] == {"days": "40", "rate": "310", "expenses": "0", "total": "12400.00"}


def test_the_script_is_told_the_total_and_whether_it_is_above_the_ceiling(client, draft):
    said = client.post(
        address(draft, "price"), {"days": "40", "rate": "300", "expenses": "1900"}, headers=SCRIPT
    ).json()
    assert (said["total"], said["above"]) == ("€13,900.00", False)
    said = client.post(
        address(draft, "price"),
        {"days": "40", "rate": "400", "expenses": "", "version": said["version"]},
        headers=SCRIPT,
    ).json()
    assert (said["total"], said["above"]) == ("€16,000.00", True)


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "333.33"), ("fr", "333,33"), ("fr", "1 333,33"), ("en", "1,333.33")]
)
def test_figures_are_read_as_the_language_writes_them(client, actor, draft, language, typed):
    actor.language = language
    actor.save()
    client.post(address(draft, "price"), {"days": "1", "rate": typed, "expenses": ""}, headers=SCRIPT)
    assert stored(draft, "financial")["price"]["rate"] == ("1333.33" if "1" in typed else "333.33")


def test_a_figure_that_could_be_two_is_not_guessed(client, actor, draft):
    actor.language = "fr"
    actor.save()
    said = client.post(address(draft, "price"), {"days": "1", "rate": "1.333", "expenses": ""}, headers=SCRIPT).json()
    assert list(said["errors"]) == ["rate"]


def test_a_negative_figure_is_told_beside_its_field(client, draft):
    answer = client.post(address(draft, "price"), {"days": "-1", "rate": "300", "expenses": ""})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["days"]
    assert stored(draft, "financial")["price"]["days"] == ""


def test_the_button_saves_and_goes_back_to_the_list(client, draft):
    answer = client.post(address(draft, "identity"), IDENTITY)
    assert answer.url == reverse("application", args=[draft.reference])
    assert stored(draft)["identity"]["name"] == "Nadia Ferhat"


def test_text_is_shown_as_text(client, draft):
    client.post(address(draft, "A1"), {"text": "<script>alert(1)</script>"})
    for name, more in [("application_document", ["A1"]), ("application_check", [])]:
        assert "<script>alert" not in client.get(reverse(name, args=[draft.reference, *more])).content.decode()


def test_changing_for_whom_one_applies(client, actor, draft):
    theirs = firm(actor)
    client.post(address(draft, "applicant"), {"applicant": str(theirs.reference)})
    draft.refresh_from_db()
    assert draft.organisation == theirs
    shown = client.get(address(draft, "identity")).content.decode()
    assert 'value="Atelier des villes"' in shown

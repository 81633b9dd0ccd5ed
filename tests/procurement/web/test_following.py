"""What programs of readers follow: the dates of a call as a calendar, the open calls as a feed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar

from procurement.actions.extend_deadline import extend_deadline, propose_extension
from procurement.actions.suspend_call import suspend_call
from procurement.models import Call
from tests.database import triggers_off
from tests.procurement.applying import DEADLINE
from tests.procurement.committees import staffed_call
from tests.procurement.drafts import local, office
from tests.procurement.incidents import fault, measured
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le service n’a pas répondu pendant la dernière heure."
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def events_of(call: Call, **asked: str) -> dict[str, Any]:
    """Return the events of the file that a calendar gets, by the key of each."""
    answer = Client().get(f"/notices/{call.reference}/dates.ics", asked)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {event["UID"].split("@")[0].split(".")[-1]: event for event in Calendar.from_ical(answer.content).events}


def entries_of(path: str = "/calls.atom") -> list[Any]:
    answer = Client().get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall("a:entry", ATOM)


def test_each_date_is_an_event_at_its_instant() -> None:
    world = office("published")

    events = events_of(world.call)

    assert events["deadline"].start == world.call.deadline
    assert events["questions"].start == world.call.questions_until
    assert events["opening"].start == world.call.opening_at
    assert events["contract"].start == world.call.contract_at
    assert events["contract"].end == world.call.contract_at + timedelta(days=1)
    assert [alarm["TRIGGER"].dt for alarm in events["deadline"].walk("VALARM")] == [timedelta(days=-1)]
    assert not events["opening"].walk("VALARM")
    assert {event["STATUS"] for event in events.values()} == {"CONFIRMED"}
    assert str(events["deadline"]["URL"]).endswith(f"/notices/{world.call.reference}/")


def test_the_language_is_that_of_the_address() -> None:
    world = office("published")

    assert events_of(world.call, **{"in": "fr"})["deadline"]["SUMMARY"].startswith("Date limite de candidature")
    assert events_of(world.call, **{"in": "en"})["deadline"]["SUMMARY"].startswith("Deadline for applications")
    assert events_of(world.call, **{"in": "xx"})


def test_a_later_deadline_moves_the_event_that_a_calendar_has() -> None:
    people = staffed_call()
    fault(since=DEADLINE - timedelta(minutes=45))
    clock.set_to(DEADLINE - timedelta(minutes=10))
    measured(until=clock.now())
    before = events_of(people.call)["deadline"]
    later = DEADLINE + timedelta(hours=3)
    propose_extension(
        call=people.call, new_deadline=later, reason=REASON, actor=people["officer"], now=clock.now()
    )  # fmt: skip
    extend_deadline(call=people.fresh(), actor=people["approver"], now=clock.now())

    after = events_of(people.call)["deadline"]

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert (before.start, after.start) == (DEADLINE, later)


def test_dates_of_a_suspended_call_are_in_doubt() -> None:
    world = office("published")
    suspend_call(call=world.call, reason=REASON, actor=world.cast["approver"], now=clock.now())

    assert {event["STATUS"] for event in events_of(world.call).values()} == {"TENTATIVE"}


def test_a_call_that_is_not_published_has_no_dates_for_anybody() -> None:
    world = office("approved")

    assert Client().get(f"/notices/{world.call.reference}/dates.ics").status_code == 404
    assert entries_of() == []


def test_the_feed_names_the_open_calls_the_latest_first() -> None:
    world = office("published")
    with triggers_off():
        Call.objects.filter(pk=world.call.pk).update(published_at=local("2020-02-01T09:00"))
    second = office("published", reference="UCLG-2020-MC2CM-006", title={"fr": "Apprentissage"})

    entries = entries_of()

    links = [entry.find("a:link", ATOM).get("href") for entry in entries]
    assert [link.split("/")[-2] for link in links] == [second.call.reference, world.call.reference]
    assert entries[0].findtext("a:title", "", ATOM) == "UCLG-2020-MC2CM-006 – Apprentissage"
    assert "Europe/Madrid" in entries[0].findtext("a:summary", "", ATOM)


def test_the_feed_of_a_search_holds_what_the_search_finds() -> None:
    office("published")
    office("published", reference="UCLG-2020-MC2CM-006", title={"fr": "Apprentissage"})

    assert len(entries_of("/calls.atom?q=apprentissage")) == 1
    assert entries_of("/calls.atom?q=nowhere") == []
    page = Client().get("/", {"q": "apprentissage"}).content.decode()
    assert 'href="/calls.atom?in=fr&amp;q=apprentissage"' in page


def test_what_an_officer_wrote_is_text_for_a_feed_reader() -> None:
    world = office("published")
    with triggers_off():
        Call.objects.filter(pk=world.call.pk).update(place="<b>Grenoble</b> & alentours")

    summary = entries_of()[0].findtext("a:summary", "", ATOM)

    assert "&lt;b&gt;Grenoble&lt;/b&gt; &amp; alentours" in summary


def test_who_asks_again_gets_nothing_while_nothing_changed() -> None:
    world = office("published")
    for path in ("/calls.atom", f"/notices/{world.call.reference}/dates.ics"):
        first = Client().get(path)
        again = Client().get(path, headers={"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_an_empty_feed_says_when_something_was_last_published() -> None:
    world = office("published")
    clock.set_to(world.call.deadline + timedelta(seconds=1))
    asked = [Client().get("/calls.atom").content for _ in range(2)]
    assert asked[0] == asked[1]
    published = world.call.published_deadlines.get().published_at
    assert ElementTree.fromstring(asked[0]).findtext("a:updated", "", ATOM) == published.isoformat()

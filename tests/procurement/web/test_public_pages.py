"""What everybody reads: the list, the page of a call in each of its states, the notice in Word. Never an application."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from procurement.actions.cancel_call import ask_cancellation, cancel_call
from procurement.actions.start_application import start_application
from procurement.actions.suspend_call import suspend_call
from procurement.demo.play import play
from procurement.models import Call, Subscription
from tests.procurement.applying import person
from tests.procurement.drafts import Office, local, office, settle
from tests.procurement.web.visits import BACKEND, text_of
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le financement du programme est retiré."
MOVING = re.compile(
    rb'data-now="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|<time[^>]*>[^<]*</time>|[0-9]+\xc2\xa0(days?|h|min|s)\b'
)


def get(path: str, *, user: Any = None, language: str = "en") -> Any:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    client.cookies["language"] = language
    return client.get(path)


def page(world: Office, **how: Any) -> Any:
    return get(f"/notices/{world.call.reference}/", **how)


def references(answer: Any) -> list[str]:
    return [call.reference for call in answer.context["page"]]


@pytest.mark.parametrize("stage", ["written", "in_review", "approved"])
def test_a_call_that_is_not_published_does_not_exist(stage: str) -> None:
    world = office(stage)

    assert page(world).status_code == 404
    assert get(f"/notices/{world.call.reference}/notice.docx").status_code == 404
    assert references(get("/")) == []


def test_a_cancelled_draft_never_becomes_public() -> None:
    world = office("written")
    ask_cancellation(call=world.call, reason=REASON, actor=world.cast["officer"], now=clock.now())
    cancel_call(call=world.fresh(), actor=world.cast["authority"], now=clock.now())

    assert page(world).status_code == 404


def test_the_page_of_an_open_call_says_what_is_asked_and_how_it_is_judged() -> None:
    world = office("published")
    text = text_of(page(world))

    for part in (
        "Thursday 12 March 2020, 17:00", "Madrid time (UTC+1)", "€14,000.00", "A dearer offer is excluded", "80% technical, 20% price",
        "Technical threshold: 75 out of 100", "Réunion de cadrage", "L4 Profil final", "A7 Justificatif", "personal, not read by the panel",
        "C1a Compréhension du mandat", "for those who have 60 points or more on file", "Total = 0.80 × technical score + 0.20 × financial score.",
        "A tie is broken, in this order, by: (1) the higher technical mark", "10 full days after the last letter", "Apply",
    ):  # fmt: skip
        assert part in text, part
    assert "Interviews 23 March 24 March" in text  # days have no hours, and the last one is the last


def test_the_example_is_computed_by_the_engine_with_the_rules_of_the_call() -> None:
    text = text_of(page(office("published")))

    assert "A technical mark 82, price €13,900.00 100 × 82.00 ÷ 82.00 = 100.00" in text
    assert "0.80 × 96.34 + 0.20 × 100.00 = 77.07 + 20.00 = 97.07" in text
    assert "B comes first" in text


def test_nothing_on_the_public_pages_depends_on_applications() -> None:
    world = office("published")
    paths = ["/", f"/notices/{world.call.reference}/", "/?q=grenoble", "/awards/"]

    def seen() -> list[tuple[bytes, dict[str, str]]]:
        answers = [get(path) for path in paths]
        kept = ("ETag", "Last-Modified", "Content-Type", "Cache-Control", "Vary")
        return [(MOVING.sub(b"", a.content), {k: a[k] for k in kept if k in a}) for a in answers]

    before = seen()
    for who in ("E2", "E3", "E4"):
        start_application(call=world.call, actor=world.cast[who], now=clock.now())

    assert seen() == before


def test_somebody_who_has_begun_is_led_to_their_own_application() -> None:
    world = office("published")
    own = start_application(call=world.call, actor=world.cast["E2"], now=clock.now())

    assert f"/applications/{own.reference}/" in page(world, user=world.cast["E2"]).content.decode()
    assert own.reference not in page(world, user=world.cast["E3"]).content.decode()


def test_people_who_run_the_call_read_why_they_cannot_apply() -> None:
    world = office("published")

    assert "You take part in running this call: you cannot apply to it." in text_of(page(world, user=world.cast["V1"]))


def test_after_the_deadline_the_page_says_closed_even_if_no_job_has_run() -> None:
    world = office("published")
    clock.set_to(local("2020-03-12T17:00:01"))
    text = text_of(page(world))

    assert "Closed" in text
    assert "The deadline passed on Thursday 12 March 2020, 17:00." in text
    assert ("No longer possible:" in text, "Not possible yet:" in text) == (True, False)
    assert world.fresh().state == "closed"  # the page has done what a late tick had not
    assert references(get("/")) == []


def test_the_list_closes_by_time_before_the_state_has_moved() -> None:
    world = office("published")
    clock.set_to(local("2020-03-12T17:00:01"))

    assert references(get("/")) == []
    assert world.fresh().state == "published"


def test_a_suspended_call_says_so_and_stays_in_the_list() -> None:
    world = office("published")
    suspend_call(call=world.call, reason=REASON, actor=world.cast["approver"], now=clock.now())

    assert "This call is suspended since" in text_of(page(world))
    assert "The call is suspended" in text_of(page(world))
    assert references(get("/")) == [world.call.reference]


def test_a_cancelled_call_tells_the_reason_for_ever() -> None:
    world = office("published")
    ask_cancellation(call=world.call, reason=REASON, actor=world.cast["officer"], now=clock.now())
    cancel_call(call=world.fresh(), actor=world.cast["authority"], now=clock.now())
    text = text_of(page(world))

    assert "This call was cancelled on 3 February 2020" in text
    assert REASON in text
    assert references(get("/")) == []


def test_the_notice_in_word_is_named_by_its_digest() -> None:
    world = office("published")
    path = f"/notices/{world.call.reference}/notice.docx"
    answer = get(path)
    content = b"".join(answer.streaming_content)

    assert (answer.status_code, content[:2]) == (200, b"PK")
    assert f'filename="{world.call.reference}-notice.docx"' in answer["Content-Disposition"]
    assert Client().get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_hidden_ceiling_is_nowhere() -> None:
    world = office("published")
    Call.objects.filter(pk=world.call.pk).update(ceiling_mode="hidden")

    for path in ("/", f"/notices/{world.call.reference}/"):
        found = get(path).content.decode()
        assert "14,000" not in found
        assert "not published" in found.lower()


def test_an_award_is_public_once_it_is_final() -> None:
    world = office("published")
    play(world.stage, until="standstill", call=world.call, after="published")
    assert "Award notice" not in text_of(page(world))
    assert "3 applications" not in text_of(page(world))

    play(world.stage, until="awarded", call=world.fresh(), after="standstill")
    settle()
    text = text_of(page(world))
    assert "Awarded" in text
    assert "Amount: €11,800.00" in text
    assert [call.reference for call in get("/awards/").context["page"]] == [world.call.reference]


LIST, CALL = (
    6,
    12,
)  # questions to the database, when the page is drawn; one for earlier deadlines, one for the keys


@pytest.mark.parametrize("calls", [1, 3])
def test_the_public_pages_ask_little_and_as_much_for_three_calls(calls: int, django_assert_num_queries: Any) -> None:
    world = office("published")
    for number in range(1, calls):
        office("published", reference=f"MORE-{number}")
    client = Client()

    with django_assert_num_queries(LIST):
        assert len(client.get("/").context["page"]) == calls
    with django_assert_num_queries(CALL):
        assert client.get(f"/notices/{world.call.reference}/").status_code == 200


def test_the_page_asks_no_more_however_many_apply(django_assert_num_queries: Any) -> None:
    world = office("published")
    for number in range(3):
        start_application(call=world.call, actor=person(f"Somebody{number} Else"), now=clock.now())

    with django_assert_num_queries(CALL):
        Client().get(f"/notices/{world.call.reference}/")


def test_somebody_subscribes_confirms_and_leaves_in_pages() -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.post("/subscribe/", {"email": "no address"}).status_code == 422
    said = text_of(client.post("/subscribe/", {"email": "reader@list.example"}))
    assert said == text_of(client.post("/subscribe/", {"email": "reader@list.example"}))
    row = Subscription.objects.get()

    client.get(f"/subscribe/{row.token}/confirmation/")
    row.refresh_from_db()
    assert row.confirmed_at is None  # a mail program that opens links subscribes nobody
    client.post(f"/subscribe/{row.token}/confirmation/")
    row.refresh_from_db()
    assert row.confirmed_at is not None
    client.get(f"/subscribe/{row.token}/end/")
    client.post(f"/subscribe/{row.token}/end/")
    row.refresh_from_db()
    assert row.ended_at is not None
    assert client.get("/subscribe/forged/end/").status_code == 404

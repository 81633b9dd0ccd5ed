"""The grid and the page of one application: verdicts, one request, the decision, and who may look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from procurement.actions.answer_completion import answer_completion
from procurement.actions.ask_completion import ask_completion
from procurement.models import ComplianceItem, Requirement
from procurement.web.compliance_page import application_context, grid_context
from tests.procurement.applying import attach
from tests.procurement.committees import COMMITTEE, World, declare, kept, opened_call, seat_member, sign_report
from tests.procurement.evaluations import call_in_check, find_compliant
from tests.procurement.web.visits import Visit, text_of
from workflow import clock

pytestmark = pytest.mark.django_db
MESSAGE = "Please join the signed declaration on honour."
MISTAKEN = "The declaration was there, in the letter."
REASON = "The declaration on honour was not supplied in time."
GRID, PAGE = 5, 16  # questions to the database


@pytest.fixture(scope="module")
def checking(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: call_in_check(late=("lou",)))


@pytest.fixture
def world(checking: World, db: None) -> World:
    return checking.again()


def page_of(world: World, who: str) -> str:
    return f"compliance/{world.application(who).reference}/"


def see(world: World, who: str, path: str = "compliance/") -> Any:
    return Visit(world[who], world.fresh()).get(path)


def send(world: World, who: str, path: str, **sent: Any) -> Any:
    return Visit(world[who], world.fresh()).post(path, **sent)


def verdicts(world: World, who: str) -> dict[str, str]:
    return dict(
        ComplianceItem.objects.filter(application=world.applications[who]).values_list("requirement__code", "verdict")
    )


def test_the_check_begins_from_the_opening(db: None) -> None:
    world = opened_call(in_time=("ana",))
    assert see(world, "chair").status_code == 404
    refused = send(world, "chair", "compliance/beginning")
    assert refused.status_code == 409
    assert "have not declared their impartiality" in text_of(refused)
    declare(world, *COMMITTEE)
    sign_report(world, "opening_report", "chair", "secretary")
    assert send(world, "v1", "compliance/beginning").status_code == 403
    assert send(world, "chair", "compliance/beginning").status_code == 302
    assert world.fresh().state == "compliance"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200), ("secretary", 200), ("officer", 200), ("auditor", 200),
        ("v1", 404), ("observer", 404), ("approver", 404), ("authority", 404), ("ana", 404),
    ],
)  # fmt: skip
def test_who_sees_the_grid(world: World, who: str, status: int) -> None:
    assert see(world, who).status_code == status
    assert see(world, who, page_of(world, "ana")).status_code == status


def test_the_grid_shows_what_is_missing_and_what_stands_against_the_next_step(world: World) -> None:
    text = text_of(see(world, "chair"))
    assert "E1 Ana Applicant To check Missing – To decide" in text
    assert "These applications have documents still to check: E1, E2." in text
    assert "Lou" not in text
    assert "Hand over to the evaluators" not in text_of(see(world, "officer"))


def test_a_late_application_and_one_of_another_call_have_no_page(world: World) -> None:
    assert see(world, "chair", page_of(world, "lou")).status_code == 404
    other = opened_call(in_time=("zoe",))
    assert see(world, "chair", f"compliance/{other.application('zoe').reference}/").status_code == 404
    assert see(world, "chair", "compliance/AP-0000-0000/").status_code == 404


def test_documents_are_links_for_those_who_read_them(world: World) -> None:
    path = page_of(world, "ana")
    assert "/documents/" in see(world, "secretary", path).content.decode()
    officer = see(world, "officer", path)
    assert "/documents/" not in officer.content.decode()
    assert "You see the verdicts, not the documents." in text_of(officer)
    assert "Save the check" not in text_of(officer)


def test_a_chair_appointed_since_must_declare_first(world: World) -> None:
    member = world.seat("chair")
    member.ended_at = clock.now()
    member.save()
    seat_member(world, "chair")
    text = text_of(see(world, "chair", page_of(world, "ana")))
    assert "Declare your impartiality for this list before you read or check anything." in text
    assert "Save the check" not in text
    assert send(world, "chair", page_of(world, "ana") + "acceptance").status_code == 403


def test_verdicts_are_saved_and_the_refused_one_is_kept_on_the_page(world: World) -> None:
    path = page_of(world, "ana") + "items"
    sent = {"A1-verdict": "ok", "A1-note": "", "A5-verdict": "invalid", "A5-note": "Torn."}
    answer = send(world, "secretary", path, **sent)
    assert answer.status_code == 409
    assert "Torn." in answer.content.decode()
    assert "Say what is not in order, in at least 10 characters." in text_of(answer)
    assert verdicts(world, "ana") == {"A1": "ok", "A5": "missing"}
    assert send(world, "secretary", path, **sent | {"A5-note": "The page is torn."}).status_code == 302
    assert verdicts(world, "ana") == {"A1": "ok", "A5": "invalid"}


def test_a_forged_verdict_is_no_verdict(world: World) -> None:
    sent = {"A1-verdict": "excellent", "A1-note": "", "A5-verdict": "missing", "A5-note": ""}
    assert send(world, "secretary", page_of(world, "ana") + "items", **sent).status_code == 409
    assert verdicts(world, "ana") == {"A1": "pending", "A5": "missing"}


@pytest.mark.parametrize(
    ("who", "status"), [("v1", 404), ("observer", 404), ("officer", 403), ("auditor", 403), ("ana", 404)]
)
def test_nobody_else_writes(world: World, who: str, status: int) -> None:
    path = page_of(world, "ana")
    forms = {
        "items": {"A1-verdict": "ok", "A5-verdict": "ok", "A5-note": "Found it elsewhere."},
        "acceptance": {}, "completion": {"requirements": "A5", "message": MESSAGE},
        "decision": {"decision": "non_compliant", "reason": REASON}, "reconsideration": {"reason": MISTAKEN},
    }  # fmt: skip
    assert {act: send(world, who, path + act, **form).status_code for act, form in forms.items()} == dict.fromkeys(
        forms, status
    )
    assert verdicts(world, "ana") == {"A1": "pending", "A5": "missing"}


def test_the_request_is_sent_once_with_its_window(world: World) -> None:
    path = page_of(world, "ana")
    assert send(world, "secretary", path + "completion", requirements=["A1"], message=MESSAGE).status_code == 400
    short = send(world, "secretary", path + "completion", requirements=["A5"], message="Please.")
    assert short.status_code == 409
    assert "Please." in short.content.decode()
    assert send(world, "secretary", path + "completion", requirements=["A5"], message=MESSAGE).status_code == 302
    text = text_of(see(world, "secretary", path))
    assert MESSAGE in text
    assert "Send the request" not in text
    assert "The applicant may complete the file until" in text
    assert "Running" in text_of(see(world, "chair"))


def test_one_application_is_decided_and_leads_to_the_next(world: World) -> None:
    path = page_of(world, "ana")
    assert "Next to decide: E2" in text_of(see(world, "chair", path))
    assert send(world, "chair", path + "acceptance").status_code == 302
    early = send(world, "chair", path + "decision", decision="compliant")
    assert "These documents are missing or not in order: A5." in text_of(early)
    assert send(world, "chair", path + "decision", decision="non_compliant", reason=REASON).status_code == 302
    text = text_of(see(world, "chair", path))
    assert "Not compliant" in text
    assert REASON in text
    assert "Save the check" not in text
    short = send(world, "chair", path + "reconsideration", reason="Wrong.")
    assert (short.status_code, "Give the reason in at least 20 characters" in text_of(short)) == (409, True)
    assert send(world, "chair", path + "reconsideration", reason=MISTAKEN).status_code == 302
    text = text_of(see(world, "chair", path))
    assert "Save the check" in text
    assert "Decisions taken back Decision Not compliant" in text
    assert MISTAKEN in text


def test_hand_over_in_the_browser(world: World) -> None:
    find_compliant(world, "ana", "ben")
    assert send(world, "officer", "compliance/evaluation").status_code == 403
    assert send(world, "chair", "compliance/evaluation").status_code == 302
    assert world.fresh().state == "evaluation"
    assert "Closed: every application was decided." in text_of(see(world, "chair"))


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cat")], ids=["one", "three"])
def test_as_many_questions_for_one_application_as_for_three(
    db: None, applicants: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    world = call_in_check(in_time=applicants)
    call, now = world.fresh(), clock.now()
    with django_assert_num_queries(GRID):
        assert len(grid_context(call, world["officer"], now=now)["rows"]) == len(applicants)
    application = world.application("ana")
    with django_assert_num_queries(PAGE):
        application_context(application, world["chair"], now=now)


def test_an_answer_shows_beside_what_was_asked(world: World) -> None:
    asked = list(Requirement.objects.filter(call=world.call, code="A5"))
    request = ask_completion(
        application=world.application("ana"), requirements=asked, message=MESSAGE, actor=world["chair"], now=clock.now()
    )
    attach(world.application("ana"), "A5", world["ana"], now=clock.now(), completion=request, name="honour.pdf")
    assert "honour.pdf" not in text_of(see(world, "chair", page_of(world, "ana")))
    answer_completion(application=world.application("ana"), actor=world["ana"], now=clock.now() + timedelta(hours=1))
    text = text_of(see(world, "chair", page_of(world, "ana")))
    assert "honour.pdf" in text
    assert "received after the request" in text

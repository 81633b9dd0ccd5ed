"""Consensus, interviews and technical report as the panel meets them: read by all of it, written by who leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.actions.hold_interviews import start_interviews
from procurement.enums import PaperKind, Stage
from procurement.models import Call, ConsensusMark, Interview, Paper
from tests.procurement.committees import VOTING, World, kept, sign_report, write_papers
from tests.procurement.panels import GOOD, POOR, agree, consensus_of, fill, hear, report, score, scoring, sign
from tests.procurement.web.visits import Visit, text_of
from workflow import clock

pytestmark = pytest.mark.django_db
CONSENSUS, INTERVIEWS, REPORT = 30, 20, 51  # questions to the database, whatever the number of applications
REASON = "Two of the three sources are named in the annex, which V1 had not read."


def disputed() -> World:
    """Return a call in consensus: on Ana's C1a the evaluators gave 5, 8 and 9 of 10, and everybody 60 of 65 on C2."""
    world = scoring(interview=True, rules={"shortlist_mark": "70"})
    for evaluator, mark in {"v1": "5", "v2": "8", "v3": "9"}.items():
        fill(world, evaluator, "ana", {**GOOD, "C1a": mark}, comment=f"As {evaluator} sees it.")
        fill(world, evaluator, "ben", POOR)
        sign(world, evaluator, "ana")
        sign(world, evaluator, "ben")
    assert world.fresh().state == "consensus"
    return world


@pytest.fixture(scope="module")
def sharing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, disputed)


@pytest.fixture
def world(sharing: World, db: None) -> World:
    return sharing.again()


def agreed(world: World, applicant: str = "ana") -> str:
    return f"consensus/{world.applications[applicant].reference}/"


def see(world: World, who: str, path: str) -> Any:
    return Visit(world[who], world.fresh()).get(path)


def send(world: World, who: str, path: str, *, script: bool = False, **sent: str) -> Any:
    visit = Visit(world[who], world.fresh())
    typed = {name.replace("_", "-"): text for name, text in sent.items()}
    return visit.client.post(visit.root + path, typed, headers={"Accept": "application/json"} if script else {})


def test_the_page_says_where_the_panel_stands(world: World) -> None:
    text = text_of(see(world, "v1", agreed(world)))

    assert "Mean of the panel: 79.33 out of 90" in text
    assert "the interview still to come" in text
    assert "One criterion needs a reason." in text
    assert "spread 40%" in text
    assert "As v2 sees it." in text
    assert "the mean of the signed sheets counts" in text


def test_the_drawing_says_its_marks_in_words(world: World) -> None:
    page = see(world, "v1", agreed(world)).content.decode()

    assert 'aria-label="C1a out of 10: V1 5, V2 8, V3 9, mean 7.33"' in page


def test_the_rule_set_says_which_mark_counts(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"technical_mark": "consensus"})

    assert "By the rule set of this call the consensus counts." in text_of(see(world, "v1", agreed(world)))


@pytest.mark.parametrize("who", ["v1", "secretary"])
def test_evaluators_read_and_do_not_write(world: World, who: str) -> None:
    assert "data-mark" not in see(world, who, agreed(world)).content.decode()

    for page in ("marks", "settlement", "reopening"):
        assert send(world, who, agreed(world) + page, C1a="7", reason=REASON).status_code == 403
    assert not ConsensusMark.objects.filter(consensus=consensus_of(world, "ana")).exists()


def test_the_chair_saves_by_script(world: World) -> None:
    said = send(world, "chair", agreed(world) + "marks", script=True, C1a="7,5", C1a_text=REASON, C1b="99").json()

    assert said["errors"] == {"C1b": ["C1b: a mark lies between 0 and 15."]}
    assert "consensus 7.5" in said["places"]["dots-C1a"]
    assert "hold the interviews first" in said["places"]["act"]
    kept_mark = ConsensusMark.objects.get(consensus=consensus_of(world, "ana"))
    assert (str(kept_mark.mark), kept_mark.reason) == ("7.50", REASON)


def test_without_script_the_errors_stand_beside_what_was_typed(world: World) -> None:
    answer = send(world, "chair", agreed(world, "ben") + "settlement", C1a="99", C1b="7", C2="50")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="99"' in page
    assert "C1a: a mark lies between 0 and 10." in page
    assert consensus_of(world, "ben").settled_at is None


def test_the_chair_settles_and_takes_up_again(world: World) -> None:
    assert send(world, "chair", agreed(world, "ben") + "settlement", C1a="5", C1b="7", C2="50").status_code == 302
    assert consensus_of(world, "ben").settled_by == world["chair"]
    assert "Settled on" in text_of(see(world, "v1", agreed(world, "ben")))

    late = send(world, "chair", agreed(world, "ben") + "marks", script=True, C1a="6")
    assert late.json()["reasons"] == [{"code": "CNS-02", "sentence": "This consensus is settled."}]

    assert send(world, "chair", agreed(world, "ben") + "reopening", reason="Oh.").status_code == 409
    assert (
        send(
            world, "chair", agreed(world, "ben") + "reopening", reason="The mark of C1a was copied wrongly."
        ).status_code
        == 302
    )
    assert consensus_of(world, "ben").settled_at is None


def test_a_wide_spread_without_reason_is_refused_with_its_sentence(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"shortlist_mark": "99"})

    answer = send(world, "chair", agreed(world) + "settlement", C1a="7", C1b="12", C2="60", C1a_text="Too short.")

    assert answer.status_code == 409
    assert "The marks are more than 30 % apart on C1a: write the reason in at least 30 characters." in text_of(answer)
    assert "Too short." in answer.content.decode()


def test_the_shortlist_is_shown_before_anybody_is_invited(world: World) -> None:
    text = text_of(see(world, "chair", "interviews/"))

    assert "Reach the mark, 1 E1" in text
    assert "Below the mark, 1 E2" in text
    assert "Invite to the interviews" in text
    assert "Invite to the interviews" not in text_of(see(world, "v1", "interviews/"))


def begin(world: World) -> str:
    world.call = start_interviews(call=world.fresh(), actor=world["chair"], now=clock.now())
    return f"interviews/{world.applications['ana'].reference}/hour"


def typed_hour(world: World, **hour: str) -> dict[str, str]:
    sent = {"hour_0": "2030-03-20", "hour_1": "10:30", "place": "Room 2", **hour}
    return {f"E1-{name}": value for name, value in sent.items()}


def test_an_interview_is_set_in_the_zone_of_the_call(world: World) -> None:
    path = begin(world)

    answer = Visit(world["secretary"], world.call).post(path, **typed_hour(world))

    assert answer.status_code == 302
    held = Interview.objects.get(application=world.applications["ana"])
    assert (held.takes_place_at.isoformat(), held.place) == ("2030-03-20T09:30:00+00:00", "Room 2")
    assert "Wednesday 20 March 2030, 10:30" in text_of(see(world, "v1", "interviews/"))


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        ({"hour_0": "2030-03-31", "hour_1": "02:30"}, "the clocks go forward and 02:30 does not exist"),
        ({"hour_0": "2030-10-27", "hour_1": "02:30"}, "the clocks go back and 02:30 comes twice"),
        ({"hour_0": "2020-03-20"}, "The interview must take place later than now."),
        ({"hour_0": ""}, "Date and hour: "),
        ({"place": ""}, "This field is required."),
    ],
)
def test_an_hour_that_cannot_be_is_said_and_what_was_typed_stays(world: World, hour: dict[str, str], said: str) -> None:
    path = begin(world)

    answer = Visit(world["chair"], world.call).post(path, **typed_hour(world, **hour))

    assert answer.status_code in (400, 409)
    assert said in text_of(answer)
    assert 'value="10:30"' in answer.content.decode() or hour.get("hour_1")
    assert Interview.objects.get(application=world.applications["ana"]).takes_place_at is None


def test_only_who_leads_sets_an_hour(world: World) -> None:
    path = begin(world)

    assert Visit(world["v1"], world.call).post(path, **typed_hour(world)).status_code == 403
    assert Visit(world["officer"], world.call).post(path, **typed_hour(world)).status_code == 404


def test_interviews_begin_and_end_from_the_page(world: World) -> None:
    assert send(world, "chair", "interviews/beginning").status_code == 302
    assert world.fresh().state == "interview"
    Interview.objects.update(takes_place_at=clock.now() - timedelta(minutes=1))
    assert send(world, "chair", "interviews/end").status_code == 409
    for evaluator in VOTING:
        fill(world, evaluator, "ana", {"C3": "8"}, stage=Stage.INTERVIEW)
        sign(world, evaluator, "ana", stage=Stage.INTERVIEW)

    assert send(world, "chair", "interviews/end").status_code == 302
    assert "Mean of the panel: 87.33 out of 100" in text_of(see(world, "v1", agreed(world)))


def settled(world: World) -> World:
    """Hold Ana's interview and settle both: she has 87.33 and passes 75, Ben has 62."""
    hear(world, "ana")
    agree(world, "ana", {**GOOD, "C3": "8"}, reason=REASON)
    agree(world, "ben", POOR)
    return world


def test_the_report_waits_for_the_interviews_and_the_consensus(world: World) -> None:
    text = text_of(see(world, "chair", "technical-report/"))

    assert "The interviews are still to be held: who passes is known after them." in text
    assert "The interviews of this call have not been held." in text
    assert "The consensus is not settled for: E1, E2." in text
    assert send(world, "chair", "technical-report/writing").status_code == 409


def test_the_report_is_written_signed_and_the_marks_settled_from_the_page(world: World) -> None:
    settled(world)
    assert send(world, "secretary", "technical-report/writing").status_code == 302
    write_papers()
    text = text_of(see(world, "chair", "technical-report/"))
    assert "E1 Ana Applicant 87.33 Passes is opened at the second opening" in text
    assert "E2 Ben Applicant 62.00 Does not pass stays sealed for ever" in text
    assert "The technical report waits for the signature of: V1, V2, V3." in text
    assert send(world, "chair", "technical-report/settlement").status_code == 409

    paper = Paper.objects.filter(kind=PaperKind.TECHNICAL_REPORT).latest("number")
    for who in VOTING:
        assert send(world, who, f"papers/{paper.pk}/signature", dissent="").status_code == 302
    assert send(world, "chair", "technical-report/settlement").status_code == 302

    assert world.fresh().state == "technical_signed"
    after = text_of(see(world, "v1", "technical-report/"))
    assert "The technical marks are settled" in after
    assert "E2 Ben Applicant 62.00 Does not pass stays sealed for ever" in after


def test_nobody_else_writes_or_settles(world: World) -> None:
    settled(world)
    assert send(world, "v1", "technical-report/writing").status_code == 403
    report(world, *VOTING)

    assert send(world, "v1", "technical-report/settlement").status_code == 403
    assert send(world, "officer", "technical-report/settlement").status_code == 404
    assert world.fresh().state == "consensus"


def test_a_report_is_signed_with_a_dissent_that_is_shown(world: World) -> None:
    settled(world)
    report(world)
    paper = Paper.objects.filter(kind=PaperKind.TECHNICAL_REPORT).latest("number")
    send(world, "v1", f"papers/{paper.pk}/signature", dissent="I would have weighed the method more heavily.")

    assert "I would have weighed the method more heavily." in text_of(see(world, "chair", "technical-report/"))


def counted(world: World, path: str) -> int:
    visit = Visit(world["chair"], world.fresh())
    assert visit.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert visit.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cleo")])
def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(applicants: tuple[str, ...]) -> None:
    world = score(scoring(*applicants, interview=True, rules={"shortlist_mark": "70"}))
    hear(world, *applicants)
    for applicant in applicants:
        agree(world, applicant, {**GOOD, "C3": "8"})
    report(world)
    sign_report(world, PaperKind.TECHNICAL_REPORT, *VOTING)

    assert counted(world, agreed(world)) == CONSENSUS
    assert counted(world, "interviews/") == INTERVIEWS
    assert counted(world, "technical-report/") == REPORT

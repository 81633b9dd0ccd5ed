"""The desk of one evaluator: read, mark, save by script or by button, two windows, sign; a reader who leaves is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Word

from procurement.actions.end_seat import end_seat
from procurement.actions.reopen_sheet import reopen_sheet
from procurement.models import Application, Call, Requirement, Score
from tests.procurement import applying, committees
from tests.procurement.committees import World, kept
from tests.procurement.panels import COMMENT, fill, score, scoring, sheet_of, sign
from tests.procurement.played_once import played_apart
from tests.procurement.web.visits import Visit, text_of
from workflow import clock
from workflow.models import AuditEvent
from workflow.templatetags.zones import zone_of

pytestmark = pytest.mark.django_db
DESK, READINGS, PROGRESS = 25, 14, 29  # questions to the database, whatever the number of applications
TYPED = "Three sources compared, the gaps published in an annex."


def word_file() -> bytes:
    document = Word()
    document.add_heading("Method <b>and</b> sources", level=1)
    document.add_paragraph("Eighteen interviews are planned.")
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def with_documents() -> World:
    """Return a call whose applications hold a letter in PDF and one in Word, and an identity card that is personal."""
    whole = committees.complete_application

    def complete(call: Call, actor: Any, **options: Any) -> Application:
        if not call.requirements.filter(code="A7").exists():
            Requirement.objects.create(call=call, code="A7", title={"en": "Identity card"}, personal=True, position=99)
        application = whole(call, actor, **options)
        applying.attach(application, "A1", actor, content=word_file(), name="letter.docx")
        applying.attach(application, "A7", actor, name="identity.pdf")
        return application

    with played_apart(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(committees, "complete_application", complete)
        return scoring(rules={"comment_minimum": 10})


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, with_documents)


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def desk(world: World, applicant: str = "ana") -> str:
    return f"evaluation/{world.applications[applicant].reference}/"


def read(world: World, who: str = "v1", query: str = "") -> Any:
    return Visit(world[who], world.fresh()).get(desk(world) + query)


def save(world: World, who: str = "v1", *, script: bool = True, page: str = "marks", **typed: str) -> Any:
    visit = Visit(world[who], world.fresh())
    headers = {"Accept": "application/json"} if script else {}
    sent = {name.replace("_", "-"): text for name, text in typed.items()}
    return visit.client.post(f"{visit.root}{desk(world)}{page}", sent, headers=headers)


def stored(world: World, who: str = "v1") -> dict[str, tuple[str, str]]:
    rows = Score.objects.filter(sheet=sheet_of(world, who, "ana")).values_list("criterion__code", "mark", "comment")
    return {code: ("" if mark is None else format(mark.normalize(), "f"), comment) for code, mark, comment in rows}


def test_the_grid_shows_the_tree_the_levels_and_the_progress(world: World) -> None:
    fill(world, "v1", "ana", {"C1a": "7.5"})

    text = text_of(read(world))

    assert "E1 Ana Applicant" in text
    assert "application 1 of 2" in text
    assert "1 criterion marked of 3" in text
    assert "C1 About C1 / 25, minimum 10" in text
    assert "10 to 15 sources compared 0 to 9 sources named" in text
    assert "You alone see these marks" in text
    assert "These criteria have no mark: C1b, C2." in text


def test_a_document_is_shown_as_the_browser_can(world: World) -> None:
    framed = read(world).content.decode()
    file = sheet_of(world, "v1", "ana").application.documents.get(name="file.pdf", requirement__code="A1").file_id
    assert f'<iframe class="a-frame" src="/calls/{world.call.reference}/documents/{file}/' in framed

    word = read(world, query="?document=A1-2").content.decode()
    assert "Eighteen interviews are planned." in word
    assert "Method &lt;b&gt;and&lt;/b&gt; sources" in word
    assert AuditEvent.objects.filter(act="read_document", actor_id=world["v1"].pk).count() == 1


def test_personal_documents_are_not_for_evaluators(world: World) -> None:
    assert sheet_of(world, "v1", "ana").application.documents.filter(name="identity.pdf").exists()

    page = read(world, query="?document=A7").content.decode()

    assert "identity.pdf" not in page
    assert "Identity card" not in page


def test_the_script_saves_what_was_typed_and_hears_the_hour(world: World) -> None:
    before = clock.now()

    answer = save(world, C1a="7,5", C1a_text=TYPED)

    said = answer.json()
    assert answer.status_code == 200
    saved_at = datetime.fromisoformat(said["saved_at"])
    assert saved_at.utcoffset() == before.astimezone(zone_of("Europe/Madrid")).utcoffset()
    assert said["errors"] == {}
    assert "1 criterion marked of 3" in said["places"]["progress"]
    assert "These criteria have no mark: C1b, C2." in said["places"]["act"]
    assert stored(world) == {"C1a": ("7.5", TYPED)}


@pytest.mark.parametrize(("typed", "kept_mark"), [("7.5", "7.5"), ("7,5", "7.5"), (" 8 ", "8"), ("0", "0"), ("", "")])
def test_marks_as_people_type_them(world: World, typed: str, kept_mark: str) -> None:
    save(world, C1a=typed, C1a_text=TYPED)

    assert stored(world) == {"C1a": (kept_mark, TYPED)}


@pytest.mark.parametrize("typed", ["eight", "NaN", "7.555", "--", "Infinity"])
def test_what_is_no_mark_is_said_and_the_text_beside_it_is_kept(world: World, typed: str) -> None:
    said = save(world, C1a=typed, C1a_text=TYPED).json()

    assert len(said["errors"]["C1a"]) == 1
    assert stored(world) == {"C1a": ("", TYPED)}


def test_a_mark_above_the_maximum_is_a_sentence_and_nothing_is_lost(world: World) -> None:
    fill(world, "v1", "ana", {"C1b": "12"})

    said = save(world, C1a="8", C1b="17", C1b_text=TYPED, C2="60").json()

    assert said["errors"] == {"C1b": ["C1b: a mark lies between 0 and 15."]}
    assert stored(world) == {"C1a": ("8", ""), "C1b": ("12", TYPED), "C2": ("60", "")}


def test_without_script_the_typed_mark_stands_beside_its_error(world: World) -> None:
    answer = save(world, script=False, C1b="17", C1b_text=TYPED)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="17"' in page
    assert "C1b: a mark lies between 0 and 15." in page
    assert stored(world) == {"C1b": ("", TYPED)}


def test_without_script_one_button_saves_all(world: World) -> None:
    answer = save(world, script=False, C1a="8", C1a_text=TYPED, C1b="12", C2="60", general="Sound.")

    assert answer.status_code == 302
    assert stored(world) == {"C1a": ("8", TYPED), "C1b": ("12", ""), "C2": ("60", "")}
    assert sheet_of(world, "v1", "ana").general_comment == "Sound."


def test_what_did_not_change_leaves_no_event(world: World) -> None:
    save(world, C1a="8", C1a_text=TYPED)
    save(world, C1a="8.00", C1a_text=TYPED + "\r\n")

    assert AuditEvent.objects.filter(act="save_mark").count() == 1


def test_another_window_is_neither_undone_nor_overwritten_unseen(world: World) -> None:
    first = save(world, C1a="5", C1b="5").json()["versions"]
    save(world, C1a="8")  # the second window

    said = save(world, C1a="5", C1a_seen=first["C1a"], C1b="6", C1b_seen=first["C1b"]).json()
    assert said["errors"] == {}
    assert said["renewed"]["C1a"]["mark"] == "8"
    assert set(said["versions"]) == {"C1b"}
    assert stored(world) == {"C1a": ("8", ""), "C1b": ("6", "")}  # the first window had not touched C1a

    said = save(world, C1a="3", C1a_seen=first["C1a"]).json()
    assert said["errors"]["C1a"] == [
        "Changed in another window since: 8 is stored. What you typed stands here; save it again to replace that."
    ]
    assert "C1a" not in said["versions"]
    assert stored(world)["C1a"] == ("8", "")

    save(world, C1a="3", C1a_seen=said["elsewhere"]["C1a"])
    assert stored(world)["C1a"] == ("3", "")


def test_signing_saves_first_and_leads_on(world: World) -> None:
    answer = save(
        world, script=False, page="signature", C1a="8", C1a_text=TYPED, C1b="12", C1b_text=TYPED, C2="60", C2_text=TYPED
    )

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(desk(world, "ben"))
    assert sheet_of(world, "v1", "ana").state == "signed"
    assert stored(world)["C2"] == ("60", TYPED)


def test_signing_is_refused_with_every_reason_and_keeps_the_text(world: World) -> None:
    answer = save(world, script=False, page="signature", C1a="8", C1a_text="Short.")

    page = text_of(answer)
    assert answer.status_code == 409
    assert "These criteria have no mark: C1b, C2." in page
    assert "These marks need a comment of at least 10 characters: C1a." in page
    assert "Short." in answer.content.decode()
    assert stored(world) == {"C1a": ("8", "Short.")}


def test_a_signed_sheet_is_read_only(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")

    page = read(world).content.decode()
    assert "Signed: the marks are final." in page
    assert "data-mark" not in page
    assert COMMENT in page

    late = save(world, C1a="9")
    assert late.status_code == 409
    assert late.json() == {
        "sentence": "This sheet is signed: its marks are final.",
        "reasons": [{"code": "SHT-04", "sentence": "This sheet is signed: its marks are final."}],
    }


def test_signed_in_one_window_and_typed_in_the_other_the_text_comes_back(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")

    answer = save(world, script=False, C1a="9", C1a_text="Written too late.")

    assert answer.status_code == 409
    assert "Written too late." in answer.content.decode()
    assert stored(world)["C1a"] == ("8", COMMENT)


def test_a_reopened_sheet_says_why(world: World) -> None:
    fill(world, "v1", "ana")
    signed = sign(world, "v1", "ana")
    reopen_sheet(sheet=signed, reason="The mark for C2 was for another one.", actor=world["chair"], now=clock.now())

    text = text_of(read(world))
    assert "The chair reopened this sheet: The mark for C2 was for another one." in text
    assert "Sign my sheet on E1" in text


def leave(world: World) -> None:
    end_seat(member=world.seat("v1"), reason="Called away to another task.", actor=world["officer"], now=clock.now())


def test_who_leaves_while_typing_reads_a_sentence(world: World) -> None:
    leave(world)

    answer = save(world, C1a="8", C1a_text=TYPED)

    assert answer.status_code == 409
    assert {"code": "SHT-02", "sentence": "You no longer sit on this committee."} in answer.json()["reasons"]
    assert stored(world) == {}
    assert read(world).status_code == 404


def test_who_leaves_gets_the_text_back_and_nothing_of_the_call(world: World) -> None:
    leave(world)

    answer = save(world, script=False, C1a="8", C1a_text=TYPED)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert TYPED in page
    assert "You no longer sit on this committee." in page
    assert "Ana Applicant" not in page
    assert world.call.title_in("en") not in page


def test_an_evaluator_without_sheet_has_no_desk(world: World) -> None:
    sheet_of(world, "v1", "ana").delete()

    assert read(world).status_code == 404
    assert save(world, C1a="8").status_code == 404


def test_a_forged_state_or_criterion_changes_nothing(world: World) -> None:
    save(world, C1="25", C9="1", state="signed", total="100", version="7")

    sheet = sheet_of(world, "v1", "ana")
    assert (sheet.state, sheet.version) == ("draft", 1)
    assert stored(world) == {}


def counted(world: World, who: str, path: str) -> int:
    visit = Visit(world[who], world.fresh())
    assert visit.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert visit.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cleo")])
def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(applicants: tuple[str, ...]) -> None:
    world = scoring(*applicants)
    for applicant in applicants:
        fill(world, "v1", applicant, {"C1a": "8"})

    assert counted(world, "v1", "evaluation/") == READINGS
    assert counted(world, "chair", "evaluation/") == PROGRESS
    assert counted(world, "v1", desk(world)) == DESK


def test_the_list_of_readings_says_what_is_done(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")
    fill(world, "v1", "ben", {"C1a": "8"})

    text = text_of(Visit(world["v1"], world.fresh()).get("evaluation/"))

    assert "1 sheet signed of 2." in text
    assert "Read and mark E2" in text
    assert "1 of 3" in text


def test_the_chair_reopens_from_the_page_of_the_sheet(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")
    visit = Visit(world["chair"], world.fresh())
    page = f"{desk(world)}sheets/V1/"

    short = visit.post(page + "reopening", reason="Wrong.")
    assert short.status_code == 409
    assert "Give the reason in at least 20 characters" in text_of(short)
    assert visit.post(page + "reopening", reason="The mark for C2 was for another one.").status_code == 302

    text = text_of(visit.get(page))
    assert "Version 2" in text
    assert "Version 1" in text
    assert "The mark for C2 was for another one." in text
    assert "You do not see its marks" in text
    assert sheet_of(world, "v1", "ana").version == 2


def test_the_button_of_the_chair_is_for_a_member_who_left(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"minimum_voting": 2})
    score(world, of=("v1", "v2"))
    visit = Visit(world["chair"], world.fresh())
    refused = visit.client.post(f"{visit.root}evaluation/consensus")
    assert refused.status_code == 409
    end_seat(member=world.seat("v3"), reason="Called away to another task.", actor=world["officer"], now=clock.now())

    assert visit.client.post(f"{visit.root}evaluation/consensus").status_code == 302
    assert world.fresh().state == "consensus"


def test_marks_are_exact_decimals(world: World) -> None:
    save(world, C1a="7.35")

    assert Score.objects.get(sheet=sheet_of(world, "v1", "ana")).mark == Decimal("7.35")

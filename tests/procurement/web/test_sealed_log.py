"""The sealed log on pages: a file that proves itself after the opening, a seal a day for everybody, and no trace before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from procurement.letters.registry import from_json
from procurement.models import Paper
from procurement.queries.log import visible_events
from tests.procurement.applying import BEFORE
from tests.procurement.awards import GRENOBLE, priced
from tests.procurement.committees import World, closed_call, kept
from tests.procurement.evaluations import call_in_evaluation
from tests.procurement.letters import reading
from tests.procurement.web.test_log_page import rows
from tests.procurement.web.visits import Visit, text_of
from workflow import audit, clock, signing
from workflow.log import anchors, notes, sealer, verify_log
from workflow.models import AuditEvent, AuditLeaf, AuditSeal

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced({"ana": GRENOBLE["ana"]}, withdrawn=("wim",)))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


def seal() -> int:
    return sealer.seal_all(patience=timedelta(0), limit=10**6)


def proof(world: World, who: str, place: Path) -> verify_log.Reading:
    answer = Visit(world[who], world.fresh()).get("log/proof.jsonl")
    assert answer.status_code == 200
    place.write_bytes(b"".join(answer.streaming_content))
    return verify_log.read(place, keys=[str(signing.public_key("log"))])


def test_officers_and_auditors_take_what_they_see_with_its_proof(world: World, tmp_path: Path) -> None:
    assert seal() > 50
    for who in ("officer", "auditor"):
        read = proof(world, who, tmp_path / f"{who}.jsonl")
        assert read.faults == []
        seen = visible_events(world.fresh(), world[who])
        assert set(read.leaves) == set(seen.exclude(leaf=None).values_list("leaf__seq", flat=True))
    shown = {who: (tmp_path / f"{who}.jsonl").read_text(encoding="utf-8") for who in ("officer", "auditor")}
    about_wim = f'"subject_id":"{world.applications["wim"].pk}","subject_type":"procurement_application"'
    assert about_wim in shown["auditor"]
    assert about_wim not in shown["officer"]
    assert not {"Ana Applicant", "Olga Officer"} & set(json.dumps(shown, ensure_ascii=False).split('"'))
    assert AuditEvent.objects.filter(act="note_reading", details={"page": "log proof"}).count() == 1


def test_nobody_else_gets_it(world: World) -> None:
    for who in ("chair", "v1", "authority", "ana"):
        assert Visit(world[who], world.fresh()).get("log/proof.jsonl").status_code == 404


def test_before_the_opening_there_is_no_proof_and_no_number(db: None) -> None:
    world = closed_call(in_time=("ana",))
    seal()
    for who in ("officer", "auditor"):
        assert Visit(world[who], world.fresh()).get("log/proof.jsonl").status_code == 404
    assert "proof.jsonl" not in Visit(world["officer"], world.fresh()).get("log/").content.decode()
    written = rows(world, "log/events.csv")
    assert {one["number"] for one in written} == {""}
    assert AuditLeaf.objects.count() > len(written)  # what the gaps would have told


def test_the_table_gives_the_numbers_of_the_proof(world: World) -> None:
    seal()
    seen = visible_events(world.fresh(), world["officer"]).values_list("leaf__seq", flat=True)
    assert [one["number"] for one in rows(world, "log/events.csv")] == [str(seq) for seq in seen]


def test_an_erased_body_is_shown_as_such(world: World) -> None:
    audit.record(world.call, "change_draft", actor=world["officer"], now=clock.now(), details={"erased": True})
    assert rows(world, "log/events.csv?act=change_draft")[0]["person"] == "erased"
    assert "erased" in text_of(Visit(world["officer"], world.fresh()).get("log/?act=change_draft"))


def everybody(path: str) -> Any:
    client = Client()
    client.cookies["language"] = "en"
    return client.get(path)


def test_the_seal_of_each_day_is_there_for_everybody_to_keep(db: None) -> None:
    assert "No day has been sealed yet" in text_of(everybody("/log/"))
    seal()
    anchor = anchors.days().get()
    page = text_of(everybody("/log/"))
    assert notes.fingerprint(anchor.note).hex() in page.replace(" ", "")
    answer = everybody(f"/log/{anchor.day}.txt")
    assert answer["Content-Disposition"] == f'attachment; filename="{anchor.day}.txt"'
    text, _key = notes.opened(answer.content.decode(), keys=[signing.public_key("log")])
    assert notes.Anchor.read(text).fingerprint == notes.fingerprint(anchor.note)
    assert everybody("/log/2020-01-01.txt").status_code == 404
    assert everybody("/log/yesterday.txt").status_code == 404


def test_the_public_page_is_the_same_whatever_happens_in_a_day(db: None) -> None:
    seal()
    before = text_of(everybody("/log/"))
    for number in range(20):
        audit.record(None, "submit", actor=None, now=clock.now(), details={"n": number})
    assert seal() == 20
    assert AuditSeal.objects.count() == 2
    assert text_of(everybody("/log/")) == before


def test_the_keys_and_the_program_are_public(db: None, settings: Any) -> None:
    retired = signing.public_key("log")
    settings.SIGNING_KEY, settings.SIGNING_KEYS_RETIRED = (
        "another secret of this test, long enough to be one",
        [str(retired)],
    )
    page = text_of(everybody("/keys/"))
    lines = everybody("/keys/keys.txt").content.decode().splitlines()
    assert [notes.VerifierKey.read(line) for line in lines] == signing.public_keys()
    assert len(lines) == 3
    assert all(line in page and notes.VerifierKey.read(line).key_id.hex() in page for line in lines)
    program = everybody("/log/verify_log.py")
    assert program.content.decode() == Path(verify_log.__file__).read_text(encoding="utf-8")
    assert program["Content-Disposition"].startswith("attachment")


def test_an_opening_report_prints_the_checkpoint_of_its_moment(db: None) -> None:
    clock.set_to(BEFORE)
    seal()
    world = call_in_evaluation(in_time=("ana",))
    first = AuditSeal.objects.get()
    seal()
    paper = Paper.objects.get(call=world.call, kind="opening_report")
    assert paper.facts["checkpoint"] == first.note
    said = reading.text_of(from_json("opening_report", paper.facts)).split("\n")
    assert [line for line in first.note.split("\n") if line] == said[said.index(first.note.split("\n")[0]) :][:6]

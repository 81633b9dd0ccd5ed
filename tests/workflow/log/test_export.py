"""Exports: the program that stands alone agrees with the service, in whole and in part, and older ones must be a beginning."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.workflow.log.logs import examined, seal_all, sealed_log, without_triggers, write
from workflow import clock, signing
from workflow.audit import history_of
from workflow.log import anchors, erasure, export, verify_log
from workflow.models import AuditEvent, AuditSeal

pytestmark = pytest.mark.django_db(transaction=True)
CALL = {"scope": "CITY-1", "subject_type": "procurement_call", "subject_id": "1"}


def put(place: Path, lines: Any) -> Path:
    place.write_text("".join(lines), encoding="utf-8")
    return place


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A log of three files, as a whole export."""
    sealed_log(4, **CALL)
    sealed_log(3, scope="CITY-2")
    sealed_log(6, **CALL)
    return put(tmp_path / "whole.jsonl", export.whole())


def alone(tmp_path: Path, *arguments: Any) -> tuple[int, str]:
    """Run the program by itself, in an empty folder, with nothing of the service on its path."""
    folder = tmp_path / "alone"
    folder.mkdir(exist_ok=True)
    shutil.copy(verify_log.__file__, folder / "verify_log.py")
    command = [sys.executable, "-I", "verify_log.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_program_alone_finds_a_whole_export_sound(whole: Path, tmp_path: Path) -> None:
    code, said = alone(tmp_path, "verify", whole, "--key", signing.public_key("log"))
    assert code == 0, said
    assert said.startswith("13 entries, 13 shown, 0 of them without their body; 3 checkpoints.\n")
    assert str(signing.public_key("log")) in said


def test_it_needs_nothing_but_python_and_cryptography() -> None:
    lines = Path(verify_log.__file__).read_text(encoding="utf-8").split("\n")
    imported = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def test_another_key_is_not_believed(whole: Path, tmp_path: Path) -> None:
    code, said = alone(tmp_path, "verify", whole, "--key", signing.public_key("receipts"))
    assert code == 2
    assert "is not trusted" in said


def test_an_export_of_nothing_says_so(tmp_path: Path) -> None:
    assert alone(tmp_path, "verify", put(tmp_path / "empty.jsonl", export.whole()))[0] == 1


@pytest.mark.parametrize("scope", ["CITY-1", "CITY-2"])
def test_a_part_proves_its_entries_and_shows_no_others(whole: Path, tmp_path: Path, scope: str) -> None:
    part = put(tmp_path / "part.jsonl", export.of_file(scope, events=history_of(scope)))
    code, said = alone(tmp_path, "verify", part)
    assert code == 0, said
    shown = [json.loads(line)["head"]["scope"] for line in part.read_text().splitlines() if '"seq"' in line]
    assert set(shown) == {scope}
    assert len(shown) == history_of(scope).count()


def test_the_smallest_and_the_sparsest_part_fit_too(whole: Path, tmp_path: Path) -> None:
    for keys in ([], [0], [12], [1, 5, 6, 11]):
        events = AuditEvent.objects.filter(leaf__seq__in=keys, scope="CITY-1")
        part = put(tmp_path / "part.jsonl", export.of_file("CITY-1", events=events))
        assert alone(tmp_path, "verify", part)[0] == 0


def test_an_older_export_must_be_the_beginning_of_a_newer_one(whole: Path, tmp_path: Path) -> None:
    part = put(tmp_path / "part.jsonl", export.of_file("CITY-1", events=history_of("CITY-1")))
    sealed_log(5, **CALL)
    newer = put(tmp_path / "newer.jsonl", export.whole())
    for old, new, code in ((whole, newer, 0), (part, newer, 0), (newer, whole, 2), (whole, whole, 0)):
        assert alone(tmp_path, "verify-diff", old, new)[0] == code, (old.name, new.name)
    assert "Entries 13 to 17 are missing." in alone(tmp_path, "verify-diff", newer, whole)[1]
    assert examined(exports=[whole, part, newer]).code == 0


def test_a_history_written_anew_is_found_by_whoever_kept_an_export(whole: Path, tmp_path: Path) -> None:
    """Somebody with the keys and the database seals another past: only what others kept stands against that."""
    for table in ("leaf", "seal", "salt", "waiting"):
        without_triggers(f"DELETE FROM workflow_audit{table}")
    without_triggers(
        "UPDATE workflow_auditevent SET outcome = 'refused' WHERE id = (SELECT min(id) + 5 FROM workflow_auditevent)"
    )
    without_triggers("INSERT INTO workflow_auditwaiting SELECT id FROM workflow_auditevent")
    assert seal_all() == 13
    assert examined().code == 0
    code, said = alone(tmp_path, "verify-diff", whole, put(tmp_path / "forged.jsonl", export.whole()))
    assert code == 2
    assert "First bad entry: 0." in said  # other salts, other leaves
    assert examined(exports=[whole]).first_bad == 0


def test_the_anchor_of_a_day_stands_against_another_past(whole: Path, tmp_path: Path) -> None:
    seal = anchors.days().get()
    kept = put(tmp_path / "day.txt", anchors.anchor_of(seal))
    last = put(tmp_path / "last.txt", AuditSeal.objects.get(number=3).note)
    for place in (kept, last):
        assert alone(tmp_path, "verify", whole, "--checkpoint", place)[0] == 0
        assert examined(checkpoints=[place.read_text()]).code == 0
    for table in ("leaf", "seal", "salt", "waiting"):
        without_triggers(f"DELETE FROM workflow_audit{table}")
    without_triggers("INSERT INTO workflow_auditwaiting SELECT id FROM workflow_auditevent")
    seal_all()
    forged = put(tmp_path / "forged.jsonl", export.whole())
    assert "published for" in alone(tmp_path, "verify", forged, "--checkpoint", kept)[1]
    assert "not the one of the checkpoint" in alone(tmp_path, "verify", forged, "--checkpoint", last)[1]
    for place in (kept, last):
        assert examined(checkpoints=[place.read_text()]).code == 2


def test_a_restored_backup_lacks_its_tail_and_the_tail_is_named(whole: Path, tmp_path: Path) -> None:
    """F25: last night’s backup has nine entries less than an export of this noon, and than the checkpoint of a report."""
    note = AuditSeal.objects.get(number=3).note
    for table, column in (("salt", "event_id"), ("event", "id")):
        tail = "SELECT event_id FROM workflow_auditleaf WHERE seq >= 4"
        without_triggers(f"DELETE FROM workflow_audit{table} WHERE {column} IN ({tail})")
    without_triggers("DELETE FROM workflow_auditleaf WHERE seq >= 4")
    without_triggers("DELETE FROM workflow_auditseal WHERE number > 1")
    assert examined().code == 0  # by itself it is a log
    by_checkpoint, by_export = examined(checkpoints=[note]), examined(exports=[whole])
    assert "had 13 entries, the log has 4: 4 to 12 are missing." in by_checkpoint.lines()[1]
    assert (by_checkpoint.first_bad, by_export.first_bad) == (4, 4)


def test_commands_export_and_verify(whole: Path, tmp_path: Path) -> None:
    for how in ({}, {"scope": "CITY-1"}):
        place, out = tmp_path / "out.jsonl", StringIO()
        call_command("export_log", output=place, **how)
        call_command("export_log", stdout=out, **how)
        assert out.getvalue() == place.read_text(encoding="utf-8")
        assert alone(tmp_path, "verify", place)[0] == 0
    with pytest.raises(CommandError, match="no file CITY-9"):
        call_command("export_log", scope="CITY-9")


def test_the_command_ends_with_nought_one_or_two(whole: Path, tmp_path: Path) -> None:
    def code_of(**how: Any) -> int:
        out = StringIO()
        try:
            call_command("verify_audit", stdout=out, **how)
        except CommandError as error:
            return error.returncode
        assert "The log is sound." in out.getvalue()
        return 0

    assert code_of() == 0
    write(1)
    assert code_of() == 1
    seal_all()
    assert code_of(export=[whole], checkpoint=[put(tmp_path / "c.txt", AuditSeal.objects.get(number=1).note)]) == 0
    assert code_of(checkpoint=[put(tmp_path / "bad.txt", "nothing signed")]) == 2
    assert code_of(checkpoint=[tmp_path / "absent.txt"]) == 2
    without_triggers(
        "UPDATE workflow_auditevent SET act = 'other' WHERE id = (SELECT max(id) FROM workflow_auditevent)"
    )
    assert code_of() == 2


def test_an_export_waits_for_an_erasure_to_be_sealed(whole: Path, tmp_path: Path) -> None:
    events = AuditEvent.objects.filter(scope="CITY-2")
    erasure.erase(events, cause="asked for", actor=None, now=clock.now())
    with pytest.raises(export.ErasureUnderWay):
        export.whole()
    with pytest.raises(CommandError, match="not sealed yet"):
        call_command("export_log", output=tmp_path / "none.jsonl")
    seal_all()
    newer = put(tmp_path / "newer.jsonl", export.whole())
    code, said = alone(tmp_path, "verify-diff", whole, newer)
    assert (code, "3 of them without their body" in said) == (0, True), said


def test_a_change_of_keys_is_followed(whole: Path, tmp_path: Path, settings: Any) -> None:
    old = str(signing.public_key("log"))
    settings.SIGNING_KEY = "another secret, of forty-three characters or more"
    write(1)
    with pytest.raises(Exception, match="cannot be continued"):
        seal_all()
    settings.SIGNING_KEYS_RETIRED = [old]
    assert seal_all() == 1
    assert examined().code == 0
    assert alone(tmp_path, "verify", put(tmp_path / "two.jsonl", export.whole()))[0] == 0


def test_a_key_that_was_retired_signs_nothing_new(settings: Any) -> None:
    sealed_log(2)
    first, secret = str(signing.public_key("log")), settings.SIGNING_KEY
    settings.SIGNING_KEY, settings.SIGNING_KEYS_RETIRED = "another secret, of forty-three characters or more", [first]
    sealed_log(1)
    second = str(signing.public_key("log"))
    settings.SIGNING_KEY, settings.SIGNING_KEYS_RETIRED = secret, [second]  # the thief of the first key goes on with it
    sealed_log(1)
    settings.SIGNING_KEY, settings.SIGNING_KEYS_RETIRED = "another secret, of forty-three characters or more", [first]
    assert "retired before" in examined().lines()[1]

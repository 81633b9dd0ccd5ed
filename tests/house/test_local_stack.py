"""The local stack: nobody else's port, nobody else's process, nothing left behind, nothing undocumented."""

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local import children, claim, environment, places, ports, venv
from infra.local.__main__ import COMMANDS
from tests.patience import until

SLEEPER = [sys.executable, "-c", "import threading; threading.Event().wait(120)"]
PARENT = """
import pathlib, os, signal, sys
from infra.local import children
child = children.start(children.Program("sleeper", sys.argv[2:], dict(os.environ)), folder=pathlib.Path(sys.argv[1]))
print(child.popen.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def _listening():
    server = socket.socket()
    server.bind((ports.HOST, 0))
    server.listen()
    return server


def _sleeper(folder):
    return children.start(children.Program("sleeper", SLEEPER, {}), folder=folder)


def test_a_taken_port_is_left_to_its_owner_and_the_choice_is_remembered(tmp_path, monkeypatch):
    with _listening() as one, _listening() as two:
        usual = one.getsockname()[1]
        monkeypatch.setattr(ports, "USUAL", {"web": usual})
        monkeypatch.setattr(ports, "is_free", lambda port: port not in {usual, usual + 1, two.getsockname()[1]})
        chosen = ports.choose("web", remembered=tmp_path / "ports.json")
    assert chosen not in {usual, usual + 1}
    monkeypatch.undo()
    assert ports.choose("web", remembered=tmp_path / "ports.json") == chosen


def test_a_port_that_somebody_listens_on_is_not_free():
    with _listening() as server:
        assert not ports.is_free(server.getsockname()[1])
        assert ports.answers(server.getsockname()[1])


def test_one_command_at_a_time_holds_a_folder(tmp_path):
    first = claim.take(folder=tmp_path, who="make run")
    first.announce({"SITE_URL": "http://localhost:1"})
    assert claim.take(folder=tmp_path, who="make exec") is None
    assert claim.holder(folder=tmp_path)[0] == "make run"
    assert claim.announced(folder=tmp_path) == {"SITE_URL": "http://localhost:1"}
    first.release()
    assert claim.holder(folder=tmp_path) is None
    assert claim.announced(folder=tmp_path) is None


def test_servers_are_not_stopped_under_another_command(tmp_path):
    held = claim.take(folder=tmp_path, who="make surge")
    with claim.visit(folder=tmp_path):
        assert not held.is_last()
    assert held.is_last()
    held.release()


def test_addresses_with_passwords_are_closed_to_other_users(tmp_path):
    held = claim.take(folder=tmp_path, who="make run")
    held.announce({"DATABASE_URL": "postgresql://appel:word@127.0.0.1/appel"})
    assert (tmp_path / "run" / "environment.json").stat().st_mode & 0o077 == 0
    held.release()


def test_a_stopped_program_is_gone_with_its_mark(tmp_path):
    child = _sleeper(tmp_path)
    assert child.ended() is None
    child.stop()
    assert child.ended() == -signal.SIGTERM
    assert not child.mark.exists()


def test_what_a_killed_stack_left_is_stopped_at_the_next_start(tmp_path):
    child = _sleeper(tmp_path)
    assert children.stop_leftovers(folder=tmp_path) == ["sleeper"]
    assert child.popen.wait(10) == -signal.SIGTERM


def test_a_program_that_only_took_over_the_number_is_not_touched(tmp_path):
    child = _sleeper(tmp_path)
    mark = json.loads(child.mark.read_text())
    child.mark.write_text(json.dumps({**mark, "born": mark["born"] - 1}))
    assert children.stop_leftovers(folder=tmp_path) == []
    assert child.ended() is None
    child.stop()


def test_programs_end_with_the_stack_that_was_killed(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PARENT, str(tmp_path), *SLEEPER],
        capture_output=True,
        text=True,
        check=False,
        cwd=places.ROOT,
    )
    assert done.returncode == -signal.SIGKILL
    until(lambda: children.is_gone(int(done.stdout)), within=10)


def test_a_stack_apart_has_its_own_database_bucket_and_number():
    shared = {
        "DATABASE_URL": "postgresql://appel:p%40@127.0.0.1:5432/appel",
        "STORAGE_URL": "s3://k:s@127.0.0.1:9000/appel?scheme=http&region=us-east-1",
        "BROKER_URL": "redis://:p@127.0.0.1:6379/0",
    }
    assert environment.apart(shared, name="demo", number=1) == {
        "DATABASE_URL": "postgresql://appel:p%40@127.0.0.1:5432/appel_demo",
        "STORAGE_URL": "s3://k:s@127.0.0.1:9000/appel-demo?scheme=http&region=us-east-1",
        "BROKER_URL": "redis://:p@127.0.0.1:6379/1",
    }


def test_what_the_caller_sets_stays(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example.org")
    assert environment.complete({"EMAIL_URL": "file:///var/mail"})["EMAIL_URL"] == "smtp://mail.example.org"


@pytest.mark.parametrize(
    ("build", "named", "complete", "chosen"),
    [
        ("--enable-optimizations", False, True, "this"),
        ("--enable-shared", False, True, "system"),
        ("--enable-shared", True, True, "this"),
        ("--enable-shared", False, False, "this"),
    ],
)
def test_a_slow_build_of_python_gives_way_to_that_of_the_system(tmp_path, monkeypatch, build, named, complete, chosen):
    system = tmp_path / "python3"
    system.write_text(f"#!/bin/sh\nexit {0 if complete else 1}\n")
    system.chmod(0o755)
    monkeypatch.setattr(venv, "OF_THE_SYSTEM", system)
    monkeypatch.setattr(venv.sysconfig, "get_config_var", lambda _name: build)
    monkeypatch.delenv("PYTHON", raising=False)
    if named:
        monkeypatch.setenv("PYTHON", "python3.12")
    assert venv.interpreter() == (system if chosen == "system" else Path(sys.executable))


def test_every_variable_of_the_settings_is_documented():
    settings = "".join((places.ROOT / "config" / name).read_text() for name in ("settings.py", "env.py"))
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings)) | set(
        re.findall(r"name: str = \"([A-Z_]+)\"", settings)
    )
    read |= set(re.findall(r"number\(\"([A-Z_]+)\"", settings))
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (places.ROOT / ".env.example").read_text(), re.MULTILINE))
    assert {"SECRET_KEY", "DATABASE_URL", "DATABASE_POOL"} <= read
    assert read <= documented


def test_every_command_has_its_line_in_the_makefile():
    targets = re.findall(r"^([a-z]+):.*## ", (places.ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(targets) == {*COMMANDS, "help"}


def test_every_dependency_says_why_it_is_here():
    lines = [line for file in places.REQUIREMENTS.glob("*.in") for line in file.read_text().splitlines()]
    named = [line for line in lines if line and not line.startswith(("#", "-c"))]
    assert len(named) > 30
    assert [line for line in named if not re.search(r"\s# \w.{10,}", line)] == []


def test_locked_versions_are_hashed_and_name_no_registry():
    for file in places.REQUIREMENTS.glob("*.txt"):
        text = file.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text

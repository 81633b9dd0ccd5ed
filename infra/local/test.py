"""`make test` and `make check`: everything the continuous integration runs, on servers of their own under var/test."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import catalogues, chromium, claim, environment, places, say, venv
from .stack import opened


@dataclass(frozen=True)
class Check:
    """One Python program that must end with zero; `deployed` ones read the environment of a real installation."""

    title: str
    command: Sequence[str]
    deployed: bool = False


CHECKS = (
    Check("style", ("-m", "ruff", "check", ".")),
    Check("layout of the code", ("-m", "ruff", "format", "--check", ".")),
    Check("types", ("-m", "mypy")),
    Check("floors and rooms", (str(places.VENV / "bin" / "lint-imports"), "--no-cache", "--no-logo")),
    Check("templates", ("-m", "djlint", "--lint", "--quiet", "templates")),
    Check("migrations complete", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Check("settings for production", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), deployed=True),
)


BROKEN = 3  # pytest’s code for an error outside any test


def check() -> int:
    """Run the fast checks; the database they ask about migrations lives only as long."""
    venv.ensure("test")
    with throw_away(who="make check", servers=("DATABASE_URL",)) as settings:
        return 1 if _failures(settings) else 0


def test() -> int:
    """Run the checks and then the tests, and return 1 when any of them failed."""
    venv.ensure("test")
    venv.ensure("objects")
    browser = chromium.ensure()
    with throw_away(who="make test") as settings:
        failed = _failures(settings)
        say.line("\nTests")
        # Two halves of whole modules: what a module has built is not built again for a test that went to the other worker.
        spread = ["-n", "2", "--dist", "worksteal"]
        command = [str(venv.python()), "-m", "pytest", *spread, *os.environ.get("PYTEST", "").split()]
        settings = settings | ({"CHROMIUM": browser} if browser else {})
        code = _run(command, settings)
        if code == BROKEN:
            say.line(
                "\nOnce more, all of them: the runner itself broke, see INTERNALERROR above; some tests had no turn."
            )
            code = _run(command, settings)
        if code == 1:
            say.line("\nOnce more, one at a time: the tests that failed. Those that fail again fail the run.")
            code = _run(
                [str(venv.python()), "-m", "pytest", "--last-failed", "--last-failed-no-failures", "none"], settings
            )
    if code == 5:
        say.trouble("There were no tests.")
    if failed:
        say.trouble(f"Failed before the tests: {', '.join(failed)}. See above.")
    return 1 if failed or code else 0


def faults() -> int:
    """Run the tests that docs/faults.md names in their long form, one by one; `FAULTS=20` does nothing more than twenty times."""
    venv.ensure("test")
    venv.ensure("objects")
    with throw_away(who="make faults") as settings:
        asked = os.environ.get("FAULTS") or "long"
        rounds = asked if asked.isdecimal() else "100"
        wanted = {"FAULTS": asked, "FAULT_ROUNDS": rounds, "DATABASE_POOL": "72"}
        tests = faults_listed()
        command = [str(venv.python()), "-m", "pytest", "-v", *tests, *os.environ.get("PYTEST", "").split()]
        return _run(command, settings | wanted)


def faults_listed() -> list[str]:
    """Return every test that docs/faults.md names, once, in its order."""
    listed = (places.ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return list(dict.fromkeys(re.findall(r"`(tests/[\w/]+\.py::\w+)`", listed)))


def _run(command: Sequence[str], settings: Mapping[str, str]) -> int:
    return subprocess.run(command, env=settings, cwd=places.ROOT, stdin=subprocess.DEVNULL, check=False).returncode


@contextmanager
def throw_away(*, who: str, servers: Sequence[str] = environment.SERVERS) -> Iterator[dict[str, str]]:
    """Yield the environment of a stack that exists for this block alone; its folder goes with it."""
    _sweep()
    folder = places.VAR / "test" / str(os.getpid())
    folder.mkdir(parents=True)
    try:
        with opened(folder=folder, who=who, fast=True, servers=servers) as stack:
            absent = {name: f"redis://127.0.0.1:1/{name}" for name in ("BROKER_URL",) if name not in stack.local}
            absent |= (
                {"STORAGE_URL": environment.file_address(folder / "documents")}
                if "STORAGE_URL" not in stack.local
                else {}
            )
            settings = environment.complete({**absent, **stack.local, "DEBUG": "1", "CLOCK_SETTABLE": "1"})
            (folder / "static").mkdir(exist_ok=True)
            yield settings
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove what killed test runs have left; those that still run are held."""
    for folder in places.VAR.glob("test/*"):
        if not folder.name.isdigit():
            continue  # what tests of several runs share, such as the folder of static files
        if claim.holder(folder=folder) is None and not Path(f"/proc/{folder.name}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _failures(settings: Mapping[str, str]) -> list[str]:
    """Run every check, also after a failure, and return the titles of those that failed."""
    say.line("Checks")
    catalogues.compile_all()
    return [check.title for check in CHECKS if not _passes(check, settings)]


def _passes(check: Check, settings: Mapping[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        [venv.python(), *check.command],
        env=documented() if check.deployed else dict(settings),
        cwd=places.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    say.line(f"  {'✓' if good else '✗'} {check.title} ({time.monotonic() - started:.1f} s)")
    if not good:
        say.line("\n".join(f"      {text}" for text in done.stdout.splitlines()))
    return good


def documented() -> dict[str, str]:
    """Return an installation's environment exactly as .env.example documents it, with its secrets made up."""
    lines = (places.ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    made = {name: value or secrets.token_urlsafe(48) for name, value in pairs.items()}
    return {"PATH": os.environ.get("PATH", os.defpath), **made}

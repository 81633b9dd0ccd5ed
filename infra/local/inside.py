"""`make exec`, `make bench` and `make surge`: one command in the foreground, with the local stack around it."""

from __future__ import annotations

import os
import subprocess

from . import application, environment, places, say, server_lock, signals, venv
from .stack import opened


def execute() -> int:
    """Run the shell command named by CMD inside the stack and return its exit code."""
    command = os.environ.get("CMD", "")
    if not command:
        raise say.CannotStart("Say what to run: make exec CMD='python manage.py shell'")
    venv.ensure("run")
    fresh = not (places.VAR / "pg" / "data").exists() and not environment.is_given("DATABASE_URL")
    with opened(folder=places.VAR, who="make exec") as stack:
        if fresh:
            application.make_ready(stack)
        with server_lock.kept_up(stack.environment, folder=stack.folder):
            return _in_foreground(["sh", "-c", command], stack.environment)


def bench() -> int:
    """Run the load scripts on a database and a bucket that are emptied first, unless BENCH, its options, says --again."""
    venv.ensure("test")
    options = os.environ.get("BENCH", "").split()
    with opened(folder=places.VAR, who="make bench") as stack:
        settings = environment.apart(stack.environment, name="bench", number=2) | {"DEMO": "1", "CLOCK_SETTABLE": "1"}
        if "--again" not in options:
            application.make_empty(settings)
        with server_lock.served(settings, folder=places.VAR / "bench", apart=True) as lock:
            return _in_foreground([str(venv.python()), "-m", "infra.bench", *options], settings | lock)


def surge() -> int:
    """Play the last minute before a deadline on an empty database, with the options in SURGE; return its exit code."""
    venv.ensure("test")
    with opened(folder=places.VAR, who="make surge") as stack:
        settings = environment.apart(stack.environment, name="surge", number=3) | {"DEMO": "1", "CLOCK_SETTABLE": "1"}
        settings |= {"EMAIL_URL": environment.file_address(places.VAR / "surge" / "mail")}
        application.make_empty(settings)
        with server_lock.served(settings, folder=places.VAR / "surge") as lock:
            command = [str(venv.python()), "-m", "infra.bench.surge", *os.environ.get("SURGE", "").split()]
            return _in_foreground(command, settings | lock)


def _in_foreground(command: list[str], settings: dict[str, str]) -> int:
    signals.leave_to_child()
    settings.pop("CMD", None)
    return subprocess.run(command, env=settings, cwd=places.ROOT, check=False).returncode

"""`make demo`: the Grenoble call from draft to award, on a database and a bucket of its own, with a clock that can be set."""

from __future__ import annotations

import subprocess

from . import application, children, environment, places, say, server_lock, venv
from .stack import opened

NUMBER = 1


def demo() -> int:
    """Play the call in an empty installation with a real worker, and return the exit code of the play."""
    venv.ensure("objects")
    folder = places.VAR / "demo"
    with opened(folder=places.VAR, who="make demo") as stack:
        settings = environment.apart(stack.environment, name="demo", number=NUMBER)
        settings |= {"DEMO": "1", "CLOCK_SETTABLE": "1", "EMAIL_URL": environment.file_address(folder / "mail")}
        with say.step("an empty database and an empty bucket"):
            application.make_empty(settings)
        children.stop_leftovers(folder=folder)
        with server_lock.served(settings, folder=folder, apart=True) as lock:
            settings |= lock
            worker = children.start(application.worker(settings), folder=folder)
            try:
                play = [str(venv.python()), "manage.py", "play_demo"]
                return subprocess.run(play, env=settings, cwd=places.ROOT, check=False).returncode
            finally:
                worker.stop()

"""`make demo`: the Grenoble call from draft to award, on a database and a bucket of its own, with a clock that can be set."""

from __future__ import annotations

import subprocess

from . import application, catalogues, children, environment, objects, places, postgres, say, venv
from .stack import opened

NUMBER = 1


def demo() -> int:
    """Play the call in an empty installation with a real worker, and return the exit code of the play."""
    venv.ensure("run")
    with opened(folder=places.VAR, who="make demo") as stack:
        folder = places.VAR / "demo"
        settings = environment.apart(stack.environment, name="demo", number=NUMBER)
        settings |= {
            "DEMO": "1",
            "CLOCK_SETTABLE": "1",
            "TICK_SECONDS": "1",
            "BEAT_FILE": str(places.marks(folder) / "beat"),
        }
        settings["EMAIL_URL"] = environment.file_address(folder / "mail")
        with say.step("an empty database and an empty bucket"):
            postgres.ensure_database(settings["DATABASE_URL"], fresh=True)
            objects.ensure_bucket(settings["STORAGE_URL"], fresh=True)
            catalogues.compile_all()
            subprocess.run(
                [venv.python(), "manage.py", "migrate", "--verbosity", "0"], env=settings, cwd=places.ROOT, check=True
            )
        children.stop_leftovers(folder=folder)
        worker = children.start(application.worker(settings, beat=True), folder=folder)
        try:
            return subprocess.run(
                [venv.python(), "manage.py", "play_demo"], env=settings, cwd=places.ROOT, check=False
            ).returncode
        finally:
            worker.stop()

"""`make clean`: stop what runs here, then remove everything the other commands made."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

from . import children, claim, places, say

PATIENCE = 60.0


def clean() -> int:
    """Leave the folder as it was cloned; data of the local stack goes too."""
    for run in [*places.VAR.glob("**/run")]:
        _stop(run.parent)
    for folder in [places.VAR, places.VENV, places.VENV_S3]:
        if folder.exists():
            with say.step(f"removing {folder.name}"):
                shutil.rmtree(folder)
    for compiled in [*places.ROOT.glob("locale/*/LC_MESSAGES/*.mo")]:
        compiled.unlink()
    return 0


def _stop(folder: Path) -> None:
    if found := claim.holder(folder=folder):
        who, pid = found
        with say.step(f"stopping `{who}` (process {pid})"):
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + PATIENCE
            while claim.holder(folder=folder) and time.monotonic() < deadline:
                time.sleep(0.1)
        if claim.holder(folder=folder):
            raise say.CannotStart(f"`{who}` (process {pid}) does not stop.")
    children.stop_leftovers(folder=folder)

"""The commands of the Makefile: `python3 -m infra.local run`, first with the standard library alone, then in .venv."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from . import places, say, signals, venv

# command: (environment it needs, module, function)
COMMANDS = {
    "run": ("run", "run", "run"),
    "test": ("test", "test", "test"),
    "faults": ("test", "test", "faults"),
    "check": ("test", "test", "check"),
    "demo": ("run", "demo", "demo"),
    "exec": ("run", "inside", "execute"),
    "bench": ("test", "inside", "bench"),
    "surge": ("test", "inside", "surge"),
    "messages": ("test", "catalogues", "gather"),
    "lock": ("run", "lock", "lock"),
    "clean": ("", "clean", "clean"),
}


def main(command: str) -> int:
    """Run one command and return its exit code; what cannot be done is one sentence and the code 1."""
    signals.stop_on_request()
    os.chdir(places.ROOT)
    try:
        needs, module, function = COMMANDS[command]
        if needs:
            _enter(venv.ensure(needs), command)
        return int(getattr(importlib.import_module(f"infra.local.{module}"), function)())
    except say.CannotStart as reason:
        say.trouble(str(reason))
        return 1
    except KeyboardInterrupt:
        say.line("Stopped.")
        return 130


def _enter(folder: Path, command: str) -> None:
    """Go on in the virtual environment, where the product's own libraries are."""
    if Path(sys.prefix).resolve() != folder.resolve():
        os.execv(venv.python(folder), [str(venv.python(folder)), "-m", "infra.local", command])


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"One of: {', '.join(COMMANDS)}")
    sys.exit(main(sys.argv[1]))

"""`make lock`: turns the reasons of requirements/*.in into exact, hashed versions that name no registry."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from . import components, places, say, venv

ORDER = ("base", "local", "test", "s3", "install")


def lock() -> int:
    """Resolve each list again; versions already locked stay unless UPGRADE names a package or is `all`."""
    wanted = os.environ.get("UPGRADE", "")
    upgrade = (
        ["--upgrade"] if wanted == "all" else [part for name in wanted.split() for part in ("--upgrade-package", name)]
    )
    for name in ORDER:
        command: list[str | Path] = [
            venv.uv(),
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
        ]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock", *upgrade]
        with say.step(f"requirements/{name}.txt"):
            done = subprocess.run(
                [*command, f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"],
                cwd=places.ROOT,
                env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"},
                check=False,
            )
        if done.returncode:
            raise say.CannotStart(f"requirements/{name}.in could not be resolved, see above.")
    components.write()
    return 0

"""The browser of the browser tests: CHROMIUM, else the system's, else installed when root."""

from __future__ import annotations

import os
import shutil

from . import say, venv

MISSING = """
  ============================================================================
   NO CHROMIUM: THE BROWSER TESTS WILL BE SKIPPED.
   Install it (sudo apt-get install chromium) or name one: CHROMIUM=/path make test
  ============================================================================
"""


def ensure() -> str | None:
    """Return the path of a Chromium; without one say loudly what will not be tested."""
    if named := os.environ.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise say.CannotStart(f"CHROMIUM is {named}, which is not a program.")
        return named
    if shutil.which("chromium") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        venv.install_packages("chromium", "fonts-dejavu-core")
    found = shutil.which("chromium")
    if found is None:
        say.line(MISSING)
    return found

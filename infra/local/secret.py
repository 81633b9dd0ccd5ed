"""Passwords and keys made for this machine alone, each in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept(name: str, *, folder: Path) -> str:
    """Return the secret of this name, made at its first use."""
    place = folder / "secret" / name
    if not place.exists():
        keep(name, secrets.token_urlsafe(48), folder=folder)
    return place.read_text(encoding="utf-8")


def keep(name: str, value: str, *, folder: Path) -> None:
    """Write a secret down, readable by its owner only."""
    place = folder / "secret" / name
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(value)
    fresh.replace(place)

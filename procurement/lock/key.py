"""The key of the lock, made from LOCK_KEY: a long random word that no other program is given."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from procurement.sealing.primitives import derived, public_of

SHORTEST = 32


class NoKey(RuntimeError):
    """A variable that the lock needs is missing or too short to be a secret."""


@dataclass(frozen=True)
class LockKey:
    """Both halves of the key; the private one never leaves this process."""

    private: bytes = field(repr=False)
    public: bytes


def from_word(word: str) -> LockKey:
    """Return the key that belongs to a secret word; the same word always gives the same key."""
    if len(word) < SHORTEST:
        raise NoKey(f"LOCK_KEY must be a secret of {SHORTEST} characters or more.")
    private = derived(word.encode(), info=b"appel server lock")
    return LockKey(private=private, public=public_of(private))


def variable(name: str) -> str:
    """Return NAME, or what the file named by NAME_FILE holds; refuse when neither is there."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    if value := os.environ.get(name, ""):
        return value
    raise NoKey(f"The variable {name} is not set: see .env.example for what it holds.")

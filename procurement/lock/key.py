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


def variable(name: str, default: str | None = None) -> str:
    """Return NAME, or what the file named by NAME_FILE holds; refuse when neither is there and nothing stands for it."""
    if path := os.environ.get(f"{name}_FILE"):
        return _from_file(name, path)
    if value := os.environ.get(name, "") or default:
        return value
    if default is None:
        raise NoKey(f"The variable {name} is not set: see .env.example for what it holds.")
    return default


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise NoKey(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error


def database() -> dict[str, str]:
    """Return how the database is reached: by the lock's own address and password, else by those of the product."""
    own = variable("LOCK_DATABASE_URL", "")
    address = own or variable("DATABASE_URL")
    password = variable("LOCK_DATABASE_PASSWORD" if own else "DATABASE_PASSWORD", "")
    return {"conninfo": address, **({"password": password} if password else {})}

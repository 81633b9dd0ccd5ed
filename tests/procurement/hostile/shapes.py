"""A hostile file: what it is called, its bytes, and what is to become of it. All are made here, from a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SEED = 20300312


@dataclass(frozen=True)
class Shape:
    """`expected` is the code of the refusal (FIL-…) or of the finding with which it is kept."""

    title: str
    name: str
    content: bytes
    expected: str


def chance(family: str) -> Random:
    """Return the dice of a family of shapes: the same in every run."""
    return Random(f"{SEED} {family}")

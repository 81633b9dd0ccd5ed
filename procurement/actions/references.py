"""References that people read aloud and copy by hand: random, without letters that look like figures."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
LENGTH = 4


def draw_reference(prefix: str) -> str:
    """Return a new reference, “AP-7F3C-91KD”: 40 random bits, which tell nothing of how many came before."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(2))
    return "-".join([prefix, *groups])

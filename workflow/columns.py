"""Writing new values into a row that is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model


def put(row: Model, values: Mapping[str, Any], *, columns: Iterable[str]) -> list[str]:
    """Put those values into a row that differ from what stands there, and return their columns; nothing else is written."""
    changed = [name for name in columns if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    return changed

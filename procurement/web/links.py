"""Links to other rooms."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: Any) -> str:
    """Return the address of a page, empty when this installation has none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""

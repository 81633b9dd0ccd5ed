"""What a test tells, in a form that one process of the tests can always send to the one that prints it."""

from __future__ import annotations

from typing import Any


def sendable(value: Any) -> Any:
    """Return the same as plain values: characters that are none in UTF-8 are written out, strangers as they show themselves.

    A report that cannot be sent would end the process that made it, with all tests that it still had to run.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()  # of a text of a kind of its own, too
    if isinstance(value, dict):
        return {sendable(key): sendable(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return (tuple if isinstance(value, tuple) else list)(sendable(one) for one in value)
    return value if value is None or type(value) in (bool, int, float, bytes) else sendable(repr(value))

"""Several people at the same moment, each on a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from workflow.models import AuditEvent
from workflow.refusals import Refused

POOL = 8  # connections of one process; where more come at once, the others wait for theirs


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do everything at the same moment, each on its own connection; a refusal is an answer."""
    together = threading.Barrier(len(acts), timeout=30)

    def do(act: Callable[[], Any]) -> Any:
        try:
            if len(acts) < POOL:
                connection.ensure_connection()
            together.wait()
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def refusals(answers: list[Any]) -> list[type]:
    return [type(one) for one in answers if isinstance(one, Refused)]


def done(act: str) -> int:
    return AuditEvent.objects.filter(act=act, outcome="done").count()

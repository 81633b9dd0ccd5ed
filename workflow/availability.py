"""How the service was: one line for each minute in which the clock's job could measure, so that a missing minute speaks too.

A deadline may be moved for a fault of the service that this log shows, and for nothing else. It counts answers of the whole
installation, never those of one call: it must not tell before an opening that somebody applies.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, Q

from workflow import clock
from workflow.models import AvailabilitySample

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=55)  # a tick comes every five seconds: a line a minute
SILENCE = timedelta(minutes=3)  # a line that covers more: nobody could measure
COUNT = "availability:failures"
SAMPLE_LOCK = 0x414C4956  # “ALIV”: one line at a time


@dataclass(frozen=True)
class Fault:
    """A time in which the service did not do what it should: requests that failed, or nobody there to measure."""

    since: datetime
    until: datetime
    failures: int
    measured: bool

    def as_json(self) -> dict[str, Any]:
        """Return it as the evidence keeps it."""
        times = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return {**times, "failures": self.failures, "measured": self.measured}


def count_failure() -> None:
    """Count a request that the service did not do (5xx); whoever counts must not fail itself."""
    try:
        cache.add(COUNT, 0, timeout=None)
        cache.incr(COUNT)
    except Exception as error:
        log.warning("a failure was not counted: %s", error)


def sample() -> AvailabilitySample | None:
    """Write the line of the last minute once it is over; the first line covers nothing."""
    counted = int(cache.get(COUNT) or 0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SAMPLE_LOCK])
        if not cursor.fetchone()[0]:
            return None
        now, last = clock.now(), AvailabilitySample.objects.order_by("-id").first()
        since = last.until if last and last.until <= now else now
        if last and last.until <= now < last.until + EVERY:
            return None
        known = last.counted if last and last.counted <= counted else 0
        failures = counted - known if last else 0
        return AvailabilitySample.objects.create(since=since, until=now, failures=failures, counted=counted)


def faults(*, since: datetime, until: datetime) -> list[Fault]:
    """Return the faults of a time, in order, cut to it; none where there is no log at all, which proves nothing."""
    touching = AvailabilitySample.objects.filter(since__lt=until, until__gt=since)
    spoken = touching.filter(Q(failures__gt=0) | Q(until__gt=F("since") + SILENCE)).order_by("id")
    found = [_cut(one.since, one.until, one.failures, since, until) for one in spoken]
    last = AvailabilitySample.objects.order_by("-until").first()
    if last and until - last.until > SILENCE:
        found.append(_cut(last.until, until, 0, since, until))
    return found


def _cut(begins: datetime, ends: datetime, failures: int, since: datetime, until: datetime) -> Fault:
    return Fault(max(begins, since), min(ends, until), failures, measured=ends - begins <= SILENCE)


def lost_time(found: Iterable[Fault]) -> timedelta:
    """Return how long the faults lasted, what two of them share counted once."""
    total, end = timedelta(0), None
    for begins, ends in _sorted(found):
        start = begins if end is None else max(begins, end)
        if ends > start:
            total, end = total + (ends - start), ends
    return total


def _sorted(found: Iterable[Fault]) -> Iterator[tuple[datetime, datetime]]:
    yield from sorted((one.since, one.until) for one in found)

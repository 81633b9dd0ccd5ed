"""A fault of the service, as its log has it."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflow.models import AvailabilitySample


def fault(*, since: datetime, minutes: int = 30, failures: int = 0) -> None:
    """Let the service fail for so long: nobody measured, or requests failed."""
    until = since + timedelta(minutes=minutes)
    AvailabilitySample.objects.create(since=since - timedelta(minutes=1), until=since, failures=0, counted=0)
    AvailabilitySample.objects.create(since=since, until=until, failures=failures, counted=failures)


def measured(*, until: datetime) -> None:
    """Let the service have been well since its last line."""
    last = AvailabilitySample.objects.latest("until").until
    while last < until:
        since, last = last, min(last + timedelta(minutes=1), until)
        AvailabilitySample.objects.create(since=since, until=last, failures=0, counted=0)

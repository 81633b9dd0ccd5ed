"""Run beside a test, on a database of its own: `python -m tests.faults.town ACT ARGUMENTS` does one thing and prints JSON."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from procurement.models import Call, Submission  # noqa: E402 - Django first
from procurement.models.facts.extension import faults_for  # noqa: E402
from tests.faults.applicants import cookies_of  # noqa: E402
from tests.procurement.applying import complete_application, open_call, person  # noqa: E402
from workflow import clock, tasks  # noqa: E402


def make(seconds: str, people: str) -> Any:
    """Open a call that closes in so many seconds, with people who need only press the button."""
    clock.allow_setting()
    call = open_call(deadline=clock.now() + timedelta(seconds=float(seconds)))
    applications = [complete_application(call, person(f"Person {n}"), now=clock.now()) for n in range(int(people))]
    return [{"reference": one.reference, "cookies": cookies_of(one)} for one in applications]


def rows() -> Any:
    """Tell every submission, in the order in which they were written."""
    found = Submission.objects.order_by("id").values_list("receipt_number", "late", "submitted_at", "deadline")
    return [[receipt, late, at.isoformat(), deadline.isoformat()] for receipt, late, at, deadline in found]


def left() -> Any:
    """Tell how many seconds are left."""
    return (Call.objects.get().deadline - clock.now()).total_seconds()  # type: ignore[operator]


def tick(ahead: str = "0") -> Any:
    """Do what the clock's job does, so many seconds later."""
    clock.set_to(clock.now() + timedelta(seconds=float(ahead)))
    tasks.tick()
    return True


def faults() -> Any:
    """Tell the faults that a later deadline could be given for."""
    return [one.as_json() for one in faults_for(Call.objects.get(), now=clock.now())]


if __name__ == "__main__":
    ACTS: dict[str, Any] = {"make": make, "rows": rows, "left": left, "tick": tick, "faults": faults}
    sys.stdout.write("\n" + json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])) + "\n")

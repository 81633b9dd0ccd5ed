"""Run beside a test, on a server of its own: `python -m tests.roles.play ACT` does one thing and prints JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from procurement.actions.open_technical import open_technical  # noqa: E402 - Django first
from procurement.models import Envelope, LockRelease  # noqa: E402
from tests.procurement.committees import closed_call, in_session  # noqa: E402
from workflow import clock  # noqa: E402
from workflow.log import sealer  # noqa: E402


def clock_of_tests() -> Any:
    """Let the clock be set."""
    clock.allow_setting()
    return True


def clock_fixed() -> Any:
    """Give the database its own clock back, as in an installation."""
    clock.forbid_setting()
    return True


def opened() -> Any:
    """Play a call from its publication to the opening of its envelopes, with the lock that LOCK_URL names."""
    world = closed_call(in_time=("ana", "ben"), late=("lou",))
    session = in_session(world, "chair", "v2")
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    sealer.seal_all()
    opened = Envelope.objects.filter(kind="technical", opened_at__isnull=False)
    return {
        "session": session.pk,
        "released": [[one.session_id, len(one.envelopes)] for one in LockRelease.objects.all()],
        "opened": sorted(one.application.user.full_name for one in opened if one.content["identity"]),
    }


if __name__ == "__main__":
    ACTS: dict[str, Any] = {"clock_of_tests": clock_of_tests, "clock_fixed": clock_fixed, "opened": opened}
    sys.stdout.write("\n" + json.dumps(ACTS[sys.argv[1]]()) + "\n")

"""The last minute in short, through the whole stack; and what the comparison afterwards would find."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from infra.bench.surge.clients import Acknowledged, Rush
from infra.bench.surge.comparison import Verdict, kept
from infra.bench.surge.drafts import Draft
from infra.bench.surge.scene import shift_now
from infra.local import places
from procurement.models import Application, Submission
from procurement.queries.receipts import stored_receipt
from tests.procurement.applying import BEFORE, attach, complete_application, open_call, person, submit, unlocked
from tests.running_worker import address_of_database
from workflow import clock, storage

SHORT = "--rate 6 --seconds 2 --late 2 --twice 0.3 --uploads 1 --megabytes 1 --processes 1 --workers 1 --threads 4"
LAST = re.compile(r"acknowledged 14, missing 0, doubled 0, misdated 0, rate \d+\.\d/s, p99 \d+\.\d\d s")


@pytest.mark.django_db(transaction=True)
def test_nobody_is_lost_in_the_last_seconds() -> None:
    command = [sys.executable, "-m", "infra.bench.surge", *SHORT.split()]
    environment = {**os.environ, "DATABASE_URL": address_of_database()}
    done = subprocess.run(command, env=environment, cwd=places.ROOT, capture_output=True, text=True, check=False)

    assert LAST.fullmatch(done.stdout.splitlines()[-1]), done.stdout + done.stderr
    assert done.returncode == 0, done.stdout


@pytest.fixture
def one(db: None) -> tuple[Application, Acknowledged, Submission]:
    """Somebody who was acknowledged, a moment ago."""
    application = complete_application(open_call(), person())
    clock.set_to(BEFORE)
    sent = time.time()
    made = submit(application, application.user, key="click", at=clock.now())
    draft = Draft(application.reference, {}, "click", "0" * 64)
    return application, Acknowledged(draft, made.receipt_number, sent, sent, time.time(), 1), made


def verdict(application: Application, *acknowledged: Acknowledged) -> Verdict:
    receipts: dict[str, Any] = {}
    for made in application.submissions.all():
        signed = stored_receipt(unlocked(application), made)
        assert signed is not None
        receipts[made.receipt_number] = json.loads(signed)
    return kept(application.call, Rush(list(acknowledged)), receipts, shift=shift_now())


def test_who_was_acknowledged_and_kept_is_found(one: Any) -> None:
    application, acknowledged, _made = one

    found = verdict(application, acknowledged, acknowledged)

    assert found.faults == []
    assert "objects read back: 1" in found.told


def test_a_receipt_that_nothing_stands_for_is_missed(one: Any) -> None:
    application, acknowledged, _made = one

    assert len(verdict(application, replace(acknowledged, receipt="AR-0000-0000")).missing) == 1


def test_a_receipt_for_the_click_of_another_is_missed(one: Any) -> None:
    application, acknowledged, _made = one
    other = replace(acknowledged, draft=replace(acknowledged.draft, key="another click"))

    assert len(verdict(application, other).missing) == 1


def test_a_click_that_counted_twice_is_found(one: Any) -> None:
    application, acknowledged, _made = one
    attach(application, "A5", application.user)
    again = submit(application, application.user, key="again", at=clock.now())
    twice = replace(acknowledged, receipt=again.receipt_number, seen=time.time())

    assert len(verdict(application, acknowledged, twice).doubled) >= 2


def test_a_stamp_from_another_moment_is_found(one: Any) -> None:
    application, acknowledged, _made = one
    long_ago = timedelta(minutes=1).total_seconds()
    before = replace(acknowledged, sent=acknowledged.sent - long_ago, seen=acknowledged.seen - long_ago)

    assert len(verdict(application, before).misdated) == 1


def test_an_object_that_is_gone_is_missed(one: Any) -> None:
    application, acknowledged, _made = one
    document = application.documents.get(requirement__code="A1")
    storage._store().delete(storage._key(document.file.pk, 0))

    assert len(verdict(application, acknowledged).missing) == 1

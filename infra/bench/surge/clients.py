"""Everybody at once, in an open loop: who arrives does not wait for those before, and who is not answered asks again."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from infra.bench.people import TOKEN
from infra.bench.surge.drafts import Draft
from infra.bench.surge.patience import insist
from infra.bench.surge.sending import File, Sender
from infra.bench.surge.wire import Line, request

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CONNECTED = 300
GIVE_UP = 300.0  # seconds after the click: people wait for their receipt


@dataclass(frozen=True)
class Acknowledged:
    """A receipt number as the applicant saw it, and when: by this machine's clock."""

    draft: Draft
    receipt: str
    due: float
    sent: float
    seen: float
    attempts: int

    @property
    def latency(self) -> float:
        """Return the seconds from the moment of the click; waiting for a free connection is part of it."""
        return self.seen - self.due


@dataclass
class Rush:
    """What came of everybody."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    uploaded: dict[str, float] = field(default_factory=dict)  # application -> seconds
    too_late: int = 0  # files that arrived after the deadline and were refused for that
    failures: Counter[str] = field(default_factory=Counter)  # what was answered to those who then asked again

    @property
    def receipts(self) -> set[str]:
        """Return the numbers acknowledged: a double click is answered twice, with one number."""
        return {one.receipt for one in self.acknowledged}


@dataclass(frozen=True)
class Plan:
    """Who clicks when: `clicks` and `uploads` are pairs of seconds after the beginning and a draft."""

    clicks: Sequence[tuple[float, Draft]]
    uploads: Sequence[tuple[float, Draft]]
    upload: bytes


def rush(plan: Plan, *, port: int) -> Rush:
    """Let it happen, and return what everybody saw."""
    return asyncio.run(_rush(plan, port))


async def _rush(plan: Plan, port: int) -> Rush:
    seen, lines = Rush(), (Line(port, CONNECTED), Line(port, CONNECTED))
    begun = time.time()
    file = File(plan.upload)
    async with asyncio.TaskGroup() as everybody:
        for after, draft in plan.clicks:
            everybody.create_task(_submit(seen, lines[0], draft, due=begun + after))
        for after, draft in plan.uploads:
            everybody.create_task(_upload(seen, lines[1], draft, file, due=begun + after))
    for line in lines:
        line.close()
    return seen


async def _submit(seen: Rush, line: Line, draft: Draft, *, due: float) -> None:
    body = urlencode({"key": draft.key, "csrfmiddlewaretoken": TOKEN}).encode()
    sent = request("POST", f"/applications/{draft.application}/submission", {**draft.headers, **FORM}, body)
    await asyncio.sleep(max(0.0, due - time.time()))
    first = time.time()
    attempts, answer = await insist(line, sent, failures=seen.failures, until=due + GIVE_UP)
    where = answer.headers.get("location", "") if answer and answer.status == 302 else ""
    if "/receipt/" in where:
        receipt = where.rstrip("/").rpartition("/")[2]
        seen.acknowledged.append(Acknowledged(draft, receipt, due, first, time.time(), attempts))
    else:
        seen.refused.append(f"{draft.application}: {answer.status if answer else 'no answer'} {where}")


async def _upload(seen: Rush, line: Line, draft: Draft, file: File, *, due: float) -> None:
    await asyncio.sleep(max(0.0, due - time.time()))
    answer = await Sender(line, draft, file, until=due + GIVE_UP, failures=seen.failures).send()
    if answer and answer.status == 200:
        seen.uploaded[draft.application] = time.time() - due
    elif answer and answer.status in (409, 422) and b'"SUB-03"' in answer.body:
        seen.too_late += 1
    else:
        said = answer.body[:200].decode(errors="replace") if answer else ""
        seen.refused.append(f"upload to {draft.application}: {answer.status if answer else 'no answer'} {said}")


def warm(drafts: Sequence[Draft], *, port: int) -> None:
    """Ask each process and thread of the server for a page first, for a server that just started reads its own code."""
    asyncio.run(_warm(drafts, port))


async def _warm(drafts: Sequence[Draft], port: int) -> None:
    line = Line(port, len(drafts))
    asked = [request("GET", f"/applications/{one.application}/check/", one.headers) for one in drafts]
    await asyncio.gather(*(insist(line, one, failures=Counter(), until=time.time() + GIVE_UP) for one in asked))
    line.close()


def receipts(acknowledged: Sequence[Acknowledged], *, port: int) -> dict[str, dict[str, Any]]:
    """Fetch the signed receipt of each acknowledgement, by its number; what is not given is left out."""
    return asyncio.run(_receipts(acknowledged, port))


async def _receipts(acknowledged: Sequence[Acknowledged], port: int) -> dict[str, dict[str, Any]]:
    line, found = Line(port, 16), dict[str, dict[str, Any]]()

    async def fetch(one: Acknowledged) -> None:
        path = f"/applications/{one.draft.application}/receipt/{one.receipt}/receipt.json"
        sent = request("GET", path, one.draft.headers)
        _attempts, answer = await insist(line, sent, failures=Counter(), until=time.time() + GIVE_UP)
        if answer and answer.status == 200:
            found[one.receipt] = json.loads(answer.body)

    async with asyncio.TaskGroup() as everybody:
        for one in acknowledged:
            everybody.create_task(fetch(one))
    line.close()
    return found

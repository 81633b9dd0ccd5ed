"""Everything that can be downloaded: no browser takes it for a page of this service, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.procurement.staged import addresses, world_at
from tests.procurement.web.rights import PAGES
from tests.procurement.web.test_rights import patterns, url_of

pytestmark = pytest.mark.django_db
FROM_OUTSIDE = {"application_file", "call_document", "call_document_file"}
SHOWN = {"call_document"}  # in the reader, inside a frame in which nothing runs
PLAIN = {"application/json", "text/plain; charset=utf-8", "text/x-python; charset=utf-8", "text/x-python"}


def answers() -> Iterator[tuple[str, Any]]:
    """Ask for every address that gives something else than a page, as somebody who may have it."""
    world = world_at("standstill")
    values = addresses(world)
    for pattern in patterns():
        name = str(pattern.name)
        who = next(iter(sorted(PAGES.get(name, {}).get("standstill", ()))), None)
        if name == "call_document_file":
            who = "chair"
        if who is None:
            continue
        with transaction.atomic():
            answer = world.clients[who].get(url_of(pattern, values))
            if answer.status_code == 200 and not answer["Content-Type"].startswith("text/html"):
                yield name, answer
            transaction.set_rollback(True)


def test_no_download_is_taken_for_a_page() -> None:
    found = dict(answers())
    assert found.keys() >= FROM_OUTSIDE
    assert len(found) >= 8
    wrong = [fault for name, answer in found.items() for fault in faults(name, answer)]
    assert wrong == []


def faults(name: str, answer: Any) -> Iterator[str]:
    disposition, policy = answer.get("Content-Disposition", ""), answer.get("Content-Security-Policy", "")
    if answer.get("X-Content-Type-Options") != "nosniff":
        yield f"{name}: a browser may guess its type"
    if not disposition.startswith("attachment") and name not in SHOWN and answer["Content-Type"] not in PLAIN:
        yield f"{name}: {answer['Content-Type']} is not an attachment"
    if name in FROM_OUTSIDE and not policy.startswith("sandbox; default-src 'none'"):
        yield f"{name}: {policy} lets something run"
    safe = {"application/pdf", "image/png", "image/jpeg", "application/octet-stream"}
    if name in FROM_OUTSIDE and answer["Content-Type"] not in safe:
        yield f"{name}: sent as {answer['Content-Type']}"

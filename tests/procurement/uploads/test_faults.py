"""Faults while a file arrives: a server killed in the middle of a part (F2), a store that is away (F5)."""

from __future__ import annotations

import re
from contextlib import ExitStack, closing
from pathlib import Path
from select import select
from typing import Any

import pytest
from django.urls import reverse

from config.turns import LONG_AT_ONCE
from procurement.demo.codes import CODE
from procurement.demo.codes import begin as begin_application
from procurement.models import Application, Document, Upload
from procurement.web.access import PREFIX
from tests.faults.counts import times
from tests.procurement.applying import BEFORE, PDF, open_call, person
from tests.procurement.browsers import Browser
from tests.procurement.uploads.running_web import RunningWeb, running_web
from tests.procurement.uploads.sending import HEADERS, attach, begin, checksum, offset_of, send_all, send_part
from tests.procurement.web.visits import BACKEND, session_cookie
from tests.store_away import store_away
from workflow import clock

PART = 8 * 1024 * 1024
MARK = b"CANARY-9f2c-in-plain"
BIG = PDF + b"%" + (MARK + b"0123456789ab") * ((PART + PART // 2) // 32) + b"\n%%EOF\n"
STREAM = {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def draft(transactional_db: None) -> Application:
    clock.set_to(BEFORE)
    return begin_application(call=open_call(), actor=person(), now=BEFORE)


def entered(draft: Application) -> Browser:
    browser = Browser()
    browser.force_login(draft.user, backend=BACKEND)
    return browser


def headers_of(draft: Application) -> dict[str, str]:
    cookie = session_cookie(draft.user)
    cookies = f"{cookie['name']}={cookie['value']}; {PREFIX}{draft.reference}={CODE}; appel_csrf={'a' * 32}"
    return {**HEADERS, "Cookie": cookies, "X-CSRFToken": "a" * 32}


def offset_at(web: RunningWeb, address: str, headers: dict[str, str]) -> int:
    answer = web.ask("HEAD", address, headers)
    assert answer.status == 200
    return int(answer.headers["Upload-Offset"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("share", [0.5, 0.0001, 0.01, 0.1, 0.25, 0.75, 0.9, 0.99, 0.9999][: times(1, 9)])
def test_a_server_killed_in_the_middle_of_a_part_costs_that_part_only(
    draft: Application, tmp_path: Path, share: float
) -> None:
    address = str(begin(entered(draft), draft, name="gros.pdf", length=len(BIG))["Location"])
    headers, rest = headers_of(draft), BIG[PART:]
    with running_web(tmp_path) as web:
        first = {**headers, **STREAM, "Upload-Offset": "0", **checksum(BIG[:PART])}
        assert web.ask("PATCH", address, first, BIG[:PART]).status == 204
        second = {**headers, **STREAM, "Upload-Offset": str(PART)}
        line = web.begin("PATCH", address, second, length=len(rest))
        line.send(rest[: int(len(rest) * share)])
        web.kill()
        line.close()
        assert not [one for one in tmp_path.rglob("*") if one.is_file() and MARK in one.read_bytes()]
        web.start()
        assert offset_at(web, address, headers) == PART
        assert web.ask("PATCH", address, {**second, **checksum(rest)}, rest).status == 204
        assert web.ask("POST", f"{address}attachment", headers).status == 200
    document = Document.objects.get()
    back = entered(draft).get(reverse("application_file", args=[draft.reference, document.file_id]))
    assert b"".join(back.streaming_content) == BIG


@pytest.mark.django_db(transaction=True)
def test_slow_lines_keep_nobody_waiting_and_too_many_are_told_to_come_again(draft: Application, tmp_path: Path) -> None:
    """Threat 31: more parts on their way than the server works at, and one more than it takes."""
    address = str(begin(entered(draft), draft, name="gros.pdf", length=len(BIG))["Location"])
    part = {**headers_of(draft), **STREAM, "Upload-Offset": "0"}
    with running_web(tmp_path) as web, ExitStack() as lines:
        for _ in range(LONG_AT_ONCE):
            line = lines.enter_context(closing(web.begin("PATCH", address, part, length=PART)))
            line.send(BIG[:1000])
        line.send(BIG[1000:PART])
        assert line.getresponse().status == 204  # one of them arrives
        assert offset_at(web, address, headers_of(draft)) == PART
        part["Upload-Offset"] = str(PART)
        two = [lines.enter_context(closing(web.begin("PATCH", address, part, length=len(BIG) - PART))) for _ in "ab"]
        [answered], _, _ = select([line.sock for line in two], [], [], 60)
        answer = next(line for line in two if line.sock is answered).getresponse()
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["failing", "reset", "slow", "half way"])
def test_a_store_that_is_away_costs_the_part_only(draft: Application, settings: Any, way: str) -> None:
    client = entered(draft)
    address = str(begin(client, draft, name="gros.pdf", length=len(BIG))["Location"])
    assert send_part(client, address, BIG[:PART], offset=0).status_code == 204
    with store_away(settings, way, budget=200_000 if way == "half way" else 0):
        said = send_part(client, address, BIG[PART:], offset=PART)
        assert (said.status_code, said["Retry-After"]) == (503, "5")
        assert re.match(r"The document store|La réserve", said.json()["sentence"])
        assert offset_of(client, address) == PART
    send_all(client, address, BIG, size=PART)
    with store_away(settings, way):
        assert attach(client, address).status_code == 503  # whole, and not lost: it is attached when the store is back
    assert Upload.objects.exists()
    assert attach(client, address).status_code == 200

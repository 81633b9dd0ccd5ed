"""Files that arrive part by part: the verbs, and what changes nothing."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connections, transaction

from procurement.models import Application, Document, Upload
from tests.procurement.browsers import Browser
from tests.procurement.uploads.sending import (
    BIG,
    HEADERS,
    PART,
    attach,
    begun,
    checksum,
    offset_of,
    send_all,
    send_part,
)
from tests.store_requests import requests_to_the_store

pytestmark = pytest.mark.django_db


def test_a_file_of_two_parts_arrives_and_is_read_back(client: Browser, draft: Application) -> None:
    address = begun(client, draft)
    send_all(client, address, BIG, size=PART)
    said = attach(client, address)
    assert said.status_code == 200, said.content
    page = client.get(said.json()["url"]).content.decode()
    assert "gros.pdf" in page
    document = Document.objects.select_related("file", "application").get()
    assert (document.name, document.size, document.file.name, document.file.parts) == ("", None, "", 2)
    back = client.get(f"/applications/{draft.reference}/files/{document.file_id}/")
    assert b"".join(back.streaming_content) == BIG
    assert not Upload.objects.exists()
    assert attach(client, address).json() == said.json()  # the answer was lost: the same again


def test_the_whole_is_read_back_once(client: Browser, draft: Application) -> None:
    content = BIG + b"%" * 2**17  # the end of an archive would lie in the last part
    address = begun(client, draft, content)
    send_all(client, address, content, size=PART)
    with requests_to_the_store() as requests:
        assert attach(client, address).status_code == 200
    assert [(one.method, one.url[-5:]) for one in requests] == [("GET", "00000"), ("GET", "00001")]


def test_nothing_of_it_is_in_plain_while_it_is_under_way(
    client: Browser, draft: Application, objects: Any, tmp_path: Any
) -> None:
    address = begun(client, draft, name="secret-offer.pdf")
    send_part(client, address, BIG[:PART], offset=0)
    row = Upload.objects.get()
    kept = [
        bytes(row.sealed),
        repr(vars(row)).encode(),
        *(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()),
    ]
    assert len(objects()) == 1
    for store in kept:
        assert b"secret-offer" not in store
        assert b"0123456789abcdef" not in store
        assert str(len(BIG)).encode() not in store


def test_the_server_says_what_it_speaks(client: Browser, draft: Application) -> None:
    said = client.options(f"/applications/{draft.reference}/documents/A1/uploads/")
    assert (said.status_code, said["Tus-Version"], said["Tus-Resumable"]) == (204, "1.0.0", "1.0.0")
    assert said["Tus-Extension"] == "creation,termination,checksum,expiration"
    assert said["Tus-Max-Size"] == str(project.UPLOAD_MAX_BYTES)
    address = begun(client, draft)
    older = client.patch(address, b"x", headers={"Tus-Resumable": "0.2.2"})
    assert (older.status_code, older["Tus-Version"]) == (412, "1.0.0")
    head = client.head(address, headers=HEADERS)
    assert (head["Upload-Length"], head["Cache-Control"]) == (str(len(BIG)), "no-store")
    assert "Upload-Expires" in head


@pytest.mark.parametrize(
    ("part", "offset", "more", "status"),
    [
        (BIG[:PART], PART, {}, 409),
        (BIG[:PART], 1, {}, 409),
        (BIG[:PART], 0, checksum(b"other"), 460),
        (BIG[:PART], 0, {"Upload-Checksum": "md5 eA=="}, 400),
        (BIG[:PART], 0, {"Upload-Checksum": "sha256 ???"}, 400),
        (BIG[: PART - 1], 0, {}, 400),
        (BIG[: PART + 1], 0, {}, 413),
    ],
)
def test_a_part_that_is_not_the_next_one_changes_nothing(
    client: Browser, draft: Application, objects: Any, part: bytes, offset: int, more: dict[str, str], status: int
) -> None:
    address = begun(client, draft)
    assert send_part(client, address, part, offset=offset, **more).status_code == status
    assert offset_of(client, address) == 0
    assert objects() == []
    send_all(client, address, BIG, size=PART)
    assert attach(client, address).status_code == 200


def test_a_part_in_another_dress_is_refused(client: Browser, draft: Application) -> None:
    address = begun(client, draft)
    said = client.patch(address, b"x", content_type="text/plain", headers={**HEADERS, "Upload-Offset": "0"})
    assert said.status_code == 415


@pytest.mark.parametrize("length", ["", "x", "-1", "1" * 30])
def test_a_length_that_is_none(client: Browser, draft: Application, length: str) -> None:
    address = f"/applications/{draft.reference}/documents/A1/uploads/"
    assert client.post(address, headers={**HEADERS, "Upload-Length": length}).status_code == 400
    assert (
        client.post(address, headers={**HEADERS, "Upload-Length": "9", "Upload-Metadata": "filename ?"}).status_code
        == 400
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_one_is_told(client: Browser, draft: Application) -> None:
    address = begun(client, draft)
    with transaction.atomic():
        Upload.objects.select_for_update().get()
        said: list[int] = []

        def write() -> None:
            said.append(send_part(client, address, BIG[:PART], offset=0).status_code)
            connections.close_all()

        other = Thread(target=write)
        other.start()
        other.join()
    assert said == [423]
    send_all(client, address, BIG, size=PART)

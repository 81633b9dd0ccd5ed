"""F18, what is not the database: the folder for temporary files is full, or the disk that is the document store."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from procurement.models import Application, Document
from procurement.sealing import sealed_size
from tests.procurement.browsers import Browser
from tests.procurement.uploads.running_web import running_web
from tests.procurement.uploads.sending import BIG, PART, attach, begun, checksum, offset_of, send_all, send_part
from tests.procurement.uploads.test_faults import STREAM, headers_of, offset_at
from tests.small_disk import enlarge, files_end_at, fill, small_disk
from workflow.models import StoredFile

NO_ROOM = r"The service has no room|Le service n’a pas de place"
STORE = r"The document store|La réserve"
SEALED = sealed_size(PART)


def back(client: Browser, draft: Application) -> bytes:
    """Read the one document as its applicant does."""
    address = reverse("application_file", args=[draft.reference, Document.objects.get().file_id])
    return b"".join(client.get(address).streaming_content)


def form(draft: Application, name: str = "gros.pdf") -> tuple[str, dict[str, Any]]:
    """Return the plain form, for browsers without scripts: where it goes, and what it sends."""
    return reverse("application_upload", args=[draft.reference, "A1"]), {"file": SimpleUploadedFile(name, BIG)}


@pytest.fixture
def own_disk(settings: Any, tmp_path: Path) -> Any:
    """The document store as a folder of a disk with 12 MiB."""
    with small_disk(tmp_path / "small", mebibytes=12) as small:
        options = {"location": str(small / "documents"), "allow_overwrite": True}
        backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
        settings.STORAGES = {**project.STORAGES, "default": backend}
        yield small


@pytest.mark.django_db
@pytest.mark.parametrize("end", [0, PART // 2, SEALED - 17, SEALED - 1])
def test_a_part_without_room_is_a_503_and_the_upload_goes_on(
    draft: Application, client: Browser, objects: Callable[[], list[str]], end: int
) -> None:
    """No room at once, in the middle, before the last bytes, and when what was still held back is written out."""
    address = begun(client, draft)
    with files_end_at(end):
        said = send_part(client, address, BIG[:PART], offset=0, **checksum(BIG[:PART]))
    assert (said.status_code, said["Retry-After"], said["Tus-Resumable"]) == (503, "5", "1.0.0")
    assert re.match(NO_ROOM, said.json()["sentence"])
    assert (offset_of(client, address), objects(), Document.objects.count()) == (0, [], 0)
    send_all(client, address, BIG, size=PART)
    assert attach(client, address).status_code == 200
    assert back(client, draft) == BIG


@pytest.mark.django_db(transaction=True)
def test_a_full_folder_for_temporary_files_costs_a_part_and_no_form(
    draft: Application, client: Browser, tmp_path: Path
) -> None:
    """A real server and a real file system: the plain form needs no such folder; a part waits for room, then the upload ends."""
    headers, first = headers_of(draft), BIG[:PART]
    content = BIG[:PART] * 2
    with small_disk(tmp_path / "small", mebibytes=12) as small, running_web(small) as web:
        address = begun(client, draft, content)
        part = {**headers, **STREAM, **checksum(first)}
        assert web.ask("PATCH", address, {**part, "Upload-Offset": "0"}, first).status == 204
        filler = fill(small)
        for _ in range(2):
            said = web.ask("PATCH", address, {**part, "Upload-Offset": str(PART)}, first)
            assert (said.status, said.headers["Retry-After"]) == (503, "5")
            assert re.search(NO_ROOM, said.body.decode("unicode_escape"))
            assert offset_at(web, address, headers) == PART
        where, fields = form(draft)
        sent = web.ask(
            "POST", where, {**headers, "Content-Type": MULTIPART_CONTENT}, encode_multipart(BOUNDARY, fields)
        )
        assert (sent.status, back(client, draft)) == (200, BIG)
        filler.unlink()
        assert web.ask("PATCH", address, {**part, "Upload-Offset": str(PART)}, first).status == 204
        assert web.ask("POST", f"{address}attachment", headers).status == 200
        assert list(small.iterdir()) == []


@pytest.mark.django_db
def test_a_store_without_room_keeps_no_half_of_what_a_form_sends(
    draft: Application, client: Browser, objects: Callable[[], list[str]]
) -> None:
    where, fields = form(draft)
    with files_end_at(PART // 2):
        said = client.post(where, fields, headers={"Accept": "application/json"})
    assert (said.status_code, said["Retry-After"]) == (503, "5")
    assert re.match(STORE, said.json()["sentence"])
    assert (objects(), Document.objects.count(), StoredFile.objects.count()) == ([], 0, 0)
    assert client.post(*form(draft)).status_code == 302
    assert back(client, draft) == BIG


@pytest.mark.django_db
def test_a_store_without_room_costs_the_part_only(draft: Application, client: Browser, own_disk: Path) -> None:
    content = BIG[:PART] * 2
    address = begun(client, draft, content)
    assert send_part(client, address, content[:PART], offset=0).status_code == 204
    kept = [one for one in own_disk.rglob("*") if one.is_file()]
    said = send_part(client, address, content[PART:], offset=PART)
    assert (said.status_code, said["Retry-After"]) == (503, "5")
    assert re.match(STORE, said.json()["sentence"])
    assert offset_of(client, address) == PART
    assert [one for one in own_disk.rglob("*") if one.is_file()] == kept
    enlarge(own_disk, mebibytes=24)
    send_all(client, address, content, size=PART)
    assert attach(client, address).status_code == 200
    assert back(client, draft) == content

"""Files that arrive part by part: the verbs, what is refused, what is kept, what nobody else sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.core.files.storage import storages
from django.db import connections

from procurement.actions.finish_upload import finish_upload
from procurement.actions.keep_part import OutOfPlace
from procurement.actions.rewind_upload import rewind_upload
from procurement.demo.codes import begin as begin_application
from procurement.models import Application, Document, Upload
from procurement.queries.upload_check import check_upload
from procurement.queries.uploads import arriving
from tests.procurement.applying import AFTER, BEFORE, PDF, open_call, person
from tests.procurement.browsers import Browser
from tests.procurement.price_browser import offer
from tests.procurement.uploads.sending import HEADERS, attach, begin, checksum, offset_of, send_all, send_part
from workflow import clock, outbox
from workflow.models import AuditEvent, StoredFile

pytestmark = pytest.mark.django_db
PART = 8 * 1024 * 1024
BIG = PDF + b"%" + b"0123456789abcdef" * (PART // 16) + b"\n%%EOF\n"


@pytest.fixture
def draft(db: None) -> Application:
    clock.set_to(BEFORE)
    return begin_application(call=open_call(), actor=person(), now=BEFORE)


@pytest.fixture
def client(draft: Application) -> Browser:
    browser = Browser()
    browser.force_login(draft.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture
def objects(settings: Any, tmp_path: Any) -> Callable[[], list[str]]:
    """A store of our own on a disk, to see what stays in it."""
    options = {"location": str(tmp_path), "allow_overwrite": True}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**project.STORAGES, "default": backend}
    return lambda: sorted(one.name for one in tmp_path.rglob("*") if one.is_file())


def begun(client: Browser, draft: Application, content: bytes = BIG, name: str = "gros.pdf") -> str:
    said = begin(client, draft, name=name, length=len(content))
    assert said.status_code == 201, said.content
    return str(said["Location"])


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


@pytest.mark.parametrize(("length", "status", "code"), [(0, 422, "FIL-01"), (101 * 1024 * 1024, 413, "FIL-02")])
def test_a_file_that_cannot_be_accepted_does_not_begin(
    client: Browser, draft: Application, length: int, status: int, code: str
) -> None:
    said = begin(client, draft, name="x.pdf", length=length)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (status, code)
    assert not Upload.objects.exists()


def test_the_application_has_a_quota_and_few_uploads_at_once(
    client: Browser, draft: Application, settings: Any
) -> None:
    settings.UPLOAD_QUOTA_BYTES = 3 * PART
    begun(client, draft)
    said = begin(client, draft, name="x.pdf", length=2 * PART)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (413, "UPL-02")
    settings.UPLOADS_AT_ONCE = 1
    said = begin(client, draft, name="x.pdf", length=9)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (422, "UPL-01")


@pytest.mark.parametrize("length", ["", "x", "-1", "1" * 30])
def test_a_length_that_is_none(client: Browser, draft: Application, length: str) -> None:
    address = f"/applications/{draft.reference}/documents/A1/uploads/"
    assert client.post(address, headers={**HEADERS, "Upload-Length": length}).status_code == 400
    assert (
        client.post(address, headers={**HEADERS, "Upload-Length": "9", "Upload-Metadata": "filename ?"}).status_code
        == 400
    )


def test_what_is_inside_is_looked_at_when_it_is_whole(client: Browser, draft: Application, objects: Any) -> None:
    content = b"MZ" + b"x" * 3000
    address = begun(client, draft, content, "virus.pdf")
    assert attach(client, address).json()["reasons"][0]["code"] == "UPL-03"
    send_all(client, address, content, size=PART)
    said = attach(client, address)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (409, "FIL-05")
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditEvent.objects.filter(act="attach_document", outcome="refused", reasons=["FIL-05"]).count() == 1
    outbox.deliver_waiting()
    assert objects() == []


def test_one_can_drop_it_with_and_without_script(client: Browser, draft: Application, objects: Any) -> None:
    first, second = begun(client, draft), begun(client, draft)
    for address in (first, second):
        assert send_part(client, address, BIG[:PART], offset=0).status_code == 204
    assert client.delete(first, headers=HEADERS).status_code == 204
    assert client.post(f"{second}removal").status_code == 302
    assert client.head(first, headers=HEADERS).status_code == 404
    outbox.deliver_waiting()
    assert objects() == []


def test_nobody_else_sees_it(client: Browser, draft: Application) -> None:
    address = begun(client, draft)
    rival = Browser()
    rival.force_login(person("Yanis Rival"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for other, status in ((rival, 404), (Browser(), 401)):
        assert other.head(address, headers=HEADERS).status_code == status
        assert send_part(other, address, BIG[:PART], offset=0).status_code == status
        assert other.delete(address, headers=HEADERS).status_code == status
        assert attach(other, address).status_code == status
    stranger = Browser(forgetful=True)  # the same person, without the code
    stranger.force_login(draft.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.head(address, headers=HEADERS).status_code == 409
    assert offset_of(client, address) == 0


def test_a_forged_request_writes_nothing(draft: Application, client: Browser) -> None:
    address = begun(client, draft)
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(draft.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert begin(strict, draft, name="x.pdf", length=9).status_code == 403
    assert send_part(strict, address, BIG[:PART], offset=0).status_code == 403
    assert strict.delete(address, headers=HEADERS).status_code == 403


def test_after_the_deadline_no_part_is_taken(client: Browser, draft: Application) -> None:
    address = begun(client, draft)
    clock.set_to(AFTER)
    said = send_part(client, address, BIG[:PART], offset=0)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (422, "SUB-03")
    assert begin(client, draft, name="x.pdf", length=9).status_code == 422


def test_what_nobody_goes_on_with_is_forgotten(client: Browser, draft: Application, objects: Any) -> None:
    address = begun(client, draft)
    send_part(client, address, BIG[:PART], offset=0)
    clock.set_to(BEFORE + timedelta(hours=47))
    clock.tick()
    assert Upload.objects.exists()
    clock.set_to(BEFORE + timedelta(hours=49))
    clock.tick()
    assert not Upload.objects.exists()
    outbox.deliver_waiting()
    assert objects() == []


@pytest.mark.parametrize("way", ["gone", "altered"])
def test_a_store_that_lies_is_found_out_and_the_part_sent_again(
    client: Browser, draft: Application, objects: Any, way: str
) -> None:
    address = begun(client, draft)
    send_all(client, address, BIG, size=PART)
    store, key = storages["default"], f"files/{address[-37:-35]}/{address[-37:-1].replace('-', '')}/00001"
    with store.open(key) as opened:
        kept = opened.read()
    store.delete(key)
    if way == "altered":
        store.save(key, _file(kept[:-1] + bytes([kept[-1] ^ 1])))
    said = attach(client, address)
    assert (said.status_code, said["X-Send-Again"], said.json()["reasons"][0]["code"]) == (409, "1", "UPL-04")
    assert offset_of(client, address) == PART
    send_all(client, address, BIG, size=PART)
    assert attach(client, address).status_code == 200


def test_a_part_written_anew_after_the_check_is_not_attached_unchecked(client: Browser, draft: Application) -> None:
    address = begun(client, draft, content=PDF)
    send_all(client, address, PDF, size=PART)
    upload = arriving(draft, Upload.objects.select_related("requirement").get())
    checked = check_upload(upload)
    rewind_upload(upload=Upload.objects.get(), parts=0, actor=draft.user, now=BEFORE)
    send_all(client, address, PDF, size=PART)
    with pytest.raises(OutOfPlace):
        finish_upload(upload=upload.row, checked=checked, actor=draft.user, now=BEFORE)
    assert attach(client, address).status_code == 200


def _file(content: bytes) -> Any:
    from django.core.files.base import ContentFile

    return ContentFile(content)


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_one_is_told(client: Browser, draft: Application) -> None:
    from django.db import transaction

    address = begun(client, draft)
    with transaction.atomic():
        Upload.objects.select_for_update().get()
        from threading import Thread

        said: list[int] = []

        def write() -> None:
            said.append(send_part(client, address, BIG[:PART], offset=0).status_code)
            connections.close_all()

        other = Thread(target=write)
        other.start()
        other.join()
    assert said == [423]
    send_all(client, address, BIG, size=PART)


def test_a_draft_thrown_away_takes_its_uploads_along(client: Browser, draft: Application, objects: Any) -> None:
    address = begun(client, draft)
    send_part(client, address, BIG[:PART], offset=0)
    assert client.post(f"/applications/{draft.reference}/abandonment/").status_code == 302
    outbox.deliver_waiting()
    assert objects() == []
    assert not Upload.objects.exists()


def test_a_price_that_a_browser_seals_is_refused_before_a_byte_of_it_is_sent(
    client: Browser, draft: Application
) -> None:
    assert begin(client, draft, name="prix.pdf", length=len(PDF), code="B1").status_code == 201
    offer(draft.call, "browser")
    said = begin(client, draft, name="prix.pdf", length=len(PDF), code="B1")
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (422, "BRO-04")
    assert Upload.objects.count() == 1

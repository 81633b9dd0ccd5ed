"""How a file that arrives part by part ends: attached as it was checked, refused, dropped, or forgotten."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from procurement.actions.finish_upload import finish_upload
from procurement.actions.keep_part import OutOfPlace
from procurement.actions.rewind_upload import rewind_upload
from procurement.models import Application, Document, Upload
from procurement.queries.upload_check import NotAsStored, check_upload
from procurement.queries.uploads import arriving
from tests.procurement.applying import BEFORE, PDF
from tests.procurement.browsers import Browser
from tests.procurement.uploads.sending import (
    BIG,
    HEADERS,
    PART,
    attach,
    begun,
    offset_of,
    send_all,
    send_part,
)
from workflow import clock, outbox
from workflow.models import AuditEvent, StoredFile
from workflow.storage import put_part

pytestmark = pytest.mark.django_db


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
        store.save(key, ContentFile(kept[:-1] + bytes([kept[-1] ^ 1])))
    said = attach(client, address)
    assert (said.status_code, said["X-Send-Again"], said.json()["reasons"][0]["code"]) == (409, "1", "UPL-04")
    assert offset_of(client, address) == PART
    send_all(client, address, BIG, size=PART)
    assert attach(client, address).status_code == 200


def test_of_several_lost_parts_the_first_is_asked_for(client: Browser, draft: Application, objects: Any) -> None:
    """An archive is looked into from its end, which is lost too."""
    archive = BytesIO()
    with ZipFile(archive, "w") as made:
        made.writestr("word/document.xml", bytes(PART))
    address = begun(client, draft, archive.getvalue(), "gros.docx")
    send_all(client, address, archive.getvalue(), size=PART)
    upload = arriving(draft, Upload.objects.select_related("requirement").get())
    put_part(upload.row.id, 1, b"another")
    with pytest.raises(NotAsStored) as last:
        check_upload(upload)
    put_part(upload.row.id, 0, b"another")
    with pytest.raises(NotAsStored) as first:
        check_upload(upload)
    assert (last.value.part, first.value.part) == (1, 0)


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


def test_a_draft_thrown_away_takes_its_uploads_along(client: Browser, draft: Application, objects: Any) -> None:
    address = begun(client, draft)
    send_part(client, address, BIG[:PART], offset=0)
    assert client.post(f"/applications/{draft.reference}/abandonment/").status_code == 302
    outbox.deliver_waiting()
    assert objects() == []
    assert not Upload.objects.exists()

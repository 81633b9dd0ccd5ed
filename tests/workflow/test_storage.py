"""Documents in parts: what comes back is what was put there, or it is said that it is not."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from tests.store_away import store_away
from tests.store_requests import requests_to_the_store
from workflow import storage
from workflow.models import StoredFile

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024


def keys_of(stored: Any) -> list[str]:
    return [storage._key(stored.id, number) for number in range(stored.parts)]


@pytest.mark.parametrize(("size", "parts"), [(0, 1), (1, 1), (8 * MIB, 1), (8 * MIB + 1, 2), (17 * MIB, 3)])
def test_a_file_comes_back_whole(size: int, parts: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    writer = storage.PartWriter()
    for start in range(0, size, 65536):
        writer.write(content[start : start + 65536])

    stored = writer.finish(name="a.pdf", media_type="application/pdf")

    assert (stored.size, stored.parts) == (size, parts)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert storage.read(stored) == content


def test_at_most_one_part_is_in_memory() -> None:
    writer = storage.PartWriter()
    held = 0
    for _ in range(20):
        writer.write(bytes(MIB))
        held = max(held, writer._waiting)

    assert held <= 8 * MIB
    assert writer.parts == 2
    writer.abandon()


def test_a_changed_part_is_noticed() -> None:
    stored = storage.keep(b"as it was", name="a.txt", media_type="text/plain")
    key = keys_of(stored)[0]
    storages["default"].delete(key)
    storages["default"].save(key, ContentFile(b"as it is!"))

    with pytest.raises(storage.Damaged):
        storage.read(stored)


def test_nobody_computes_a_checksum_of_a_large_part_beside_our_own_digest() -> None:
    writer = storage.PartWriter()
    with requests_to_the_store() as requests:
        writer.write(bytes(2 * MIB))
        stored = writer.finish(name="a.pdf", media_type="application/pdf")
        storage.read(stored)

    assert [request.method for request in requests] == ["PUT", "GET"]
    assert requests[0].headers["x-amz-content-sha256"] == b"UNSIGNED-PAYLOAD"
    assert not [name for request in requests for name in request.headers if "checksum" in name.lower()]


def test_what_is_small_may_be_read_back_late_and_is_compared_by_the_store_at_once() -> None:
    with requests_to_the_store() as requests:
        storage.keep(b"a paper", name="a.txt", media_type="text/plain")

    assert "x-amz-checksum-crc32" in requests[0].headers


def test_a_missing_part_is_said_to_be_away() -> None:
    stored = storage.keep(b"as it was", name="a.txt", media_type="text/plain")
    storages["default"].delete(keys_of(stored)[0])

    with pytest.raises(storage.StoreAway):
        storage.read(stored)


def test_an_abandoned_file_leaves_nothing() -> None:
    writer = storage.PartWriter()
    writer.write(bytes(9 * MIB))
    key = storage._key(writer.file_id, 0)
    assert storages["default"].exists(key)

    writer.abandon()

    assert not storages["default"].exists(key)
    assert not StoredFile.objects.exists()


def test_a_store_that_is_away_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise ConnectionError("connection refused")

    monkeypatch.setattr(storages["default"], "save", refuse)

    with pytest.raises(storage.StoreAway):
        storage.keep(b"x", name="a.txt", media_type="text/plain")
    assert not StoredFile.objects.exists()


def test_the_disk_gives_the_same(settings: Any, tmp_path: Any) -> None:
    from config import env

    settings.STORAGES = {**settings.STORAGES, "default": _disk(env, tmp_path)}

    stored = storage.keep(b"x" * (9 * MIB), name="a.txt", media_type="text/plain")

    assert storage.read(stored) == b"x" * (9 * MIB)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) == 9 * MIB


def _disk(env: Any, folder: Any) -> dict[str, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORAGE_URL", f"file://{folder}")
        return env.storage()


def test_a_part_takes_one_request_to_put_and_one_to_get() -> None:
    asked: list[str] = []
    events = storages["default"].connection.meta.client.meta.events
    events.register("before-send.s3", lambda request, **_: asked.append(request.method), unique_id="counted")

    try:
        stored = storage.keep(b"as it was", name="a.txt", media_type="text/plain")
        assert storage.read(stored) == b"as it was"
    finally:
        events.unregister("before-send.s3", unique_id="counted")

    assert asked == ["PUT", "GET"]


def test_a_page_asks_once_and_waits_a_second(settings: Any) -> None:
    asked = settings.STORAGES["impatient"]["OPTIONS"]["client_config"]
    assert (asked.connect_timeout, asked.read_timeout, asked.retries["total_max_attempts"]) == (1, 1.0, 1)
    usual = settings.STORAGES["default"]["OPTIONS"]["client_config"]
    assert usual.retries["total_max_attempts"] == 2
    stored = storage.keep(b"as it was", name="a.txt", media_type="text/plain")
    with store_away(settings, "failing"), pytest.raises(storage.StoreAway):
        storage.fault_of(stored)
    storages["default"].delete(f"files/{stored.id.hex[:2]}/{stored.id.hex}/00000")
    settings.STORAGES = {**settings.STORAGES, "impatient": settings.STORAGES["default"]}
    assert storage.fault_of(stored) == "missing"

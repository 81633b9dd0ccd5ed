"""Looking for a word wherever this service could have put it, in every spelling in which bytes hide."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.core import mail
from django.core.files.storage import storages
from django.db import connection


def spellings(word: str) -> re.Pattern[bytes]:
    """Return what finds a word in plain, in UTF-16 of both orders, in base64 at each of its three places, and in hex."""
    return spellings_of(word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))


def spellings_of(plain: bytes, *others: bytes) -> re.Pattern[bytes]:
    """Return what finds bytes as they are, in base64 at each of its three places, and in hex; and others as they are."""
    shapes = [plain, *others]
    shapes += [plain.hex().encode(), plain.hex().upper().encode()]
    for before in range(3):
        coded = b64encode(bytes(before) + plain + bytes(3))
        shapes.append(coded[(before * 8 + 5) // 6 : (before + len(plain)) * 8 // 6])
    return re.compile(b"|".join(re.escape(shape) for shape in shapes))


class Watch:
    """Everything that is kept from a moment on: where a word is found, and how much was looked at."""

    def __init__(self, word: str, *, folders: dict[str, Path], log: Any) -> None:
        self.word, self.folders, self.log = spellings(word), folders, log
        _keep_every_version()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn()), clock_timestamp()")
            self.segment, self.since = cursor.fetchone()
        self.seen: dict[str, int] = {}

    def found(self) -> list[str]:
        """Return the places where the word is."""
        self.seen = {}
        return sorted({place for place, content in self._everything() if self._has(place, content)})

    def _has(self, place: str, content: bytes) -> bool:
        kind = place.partition(" ")[0]
        self.seen[kind] = self.seen.get(kind, 0) + len(content)
        return self.word.search(content) is not None

    def _everything(self) -> Iterator[tuple[str, bytes]]:
        yield from _tables()
        yield from self._journal()
        yield from _broker()
        yield from self._objects()
        yield "log", self.log.text.encode()
        for number, one in enumerate(mail.outbox):
            yield f"mail {number}", f"{one.subject}\n{one.body}\n{one.attachments}\n{one.message()}".encode()
        for name, folder in self.folders.items():
            for path in folder.rglob("*"):
                if path.is_file():
                    yield f"{name} {path}", path.read_bytes()

    def _journal(self) -> Iterator[tuple[str, bytes]]:
        """Return what the database wrote ahead since the beginning, read by the database itself."""
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")  # nothing of it is in memory only
            cursor.execute("SELECT name FROM pg_ls_waldir() WHERE name >= %s ORDER BY name", [self.segment])
            for (name,) in cursor.fetchall():
                cursor.execute("SELECT pg_read_binary_file('pg_wal/' || %s)", [name])
                yield f"journal {name}", bytes(cursor.fetchone()[0])

    def _objects(self) -> Iterator[tuple[str, bytes]]:
        """Return every version of every object, also of what was deleted or written over."""
        bucket = storages["default"].bucket
        assert not list(bucket.multipart_uploads.all()), (
            "parts that nobody put together cannot be read, and so not searched"
        )
        for one in bucket.object_versions.all():
            if one.size is not None and _after(one.last_modified, self.since):  # a mark of a deletion has no size
                yield f"object {one.object_key} {one.id}", one.get()["Body"].read()


def _keep_every_version() -> None:
    """Let the store forget nothing from now on."""
    storages["default"].bucket.Versioning().enable()


def _after(moment: datetime, since: datetime) -> bool:
    return int(moment.timestamp()) >= int(since.timestamp())


def _tables() -> Iterator[tuple[str, bytes]]:
    """Return every table as a dump has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
        for (table,) in cursor.fetchall():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                yield f"table {table}", b"".join(bytes(row) for row in rows)


def _broker() -> Iterator[tuple[str, bytes]]:
    """Return every key of every database of the broker, as it would be saved on a disk, but for the packing of long texts."""
    server = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    packing = server.config_get("rdbcompression")
    server.config_set("rdbcompression", "no")
    for number in (int(name.removeprefix("db")) for name in server.info("keyspace")):
        client = redis.Redis.from_url(re.sub(r"/\d+$", f"/{number}", settings.CELERY_BROKER_URL))
        for key in client.scan_iter():
            yield f"broker {number} {key!r}", bytes(key) + (client.dump(key) or b"")
        client.close()
    server.config_set("rdbcompression", packing["rdbcompression"])
    server.close()

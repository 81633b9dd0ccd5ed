"""Documents in S3, with one request to put a part and one to get it: parts are small enough to go in one piece.

A part carries no checksum of the protocol. What is kept of a file has a digest of our own, which is compared whenever it is
read back, and a store that lies would also lie about a checksum; over the same bytes it would cost both sides as much again.
What is small, and may not be read back for years, carries one: the store refuses it at once when the line spoilt it.

The threads of a process share one client, which is made for that: each of its own would take a tenth of a second to make, and
megabytes to keep.
"""

from __future__ import annotations

import os
import threading
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

MISSING = {"404", "NoSuchKey"}
SMALL = 1024 * 1024  # bytes
WHERE_ASKED = "when_required"
LINES = 32  # connections that a process keeps, as many as it has threads


class ObjectStore(S3Storage):
    """The store of django-storages, which looks twice before it reads and starts threads to write, without both.

    `connection` is the one of the process, of which only the client is used: the rest of a resource may not be shared.
    """

    def __init__(self, **options: Any) -> None:
        given = options.pop("client_config", None) or Config()
        sparing = Config(
            request_checksum_calculation=WHERE_ASKED,
            response_checksum_validation=WHERE_ASKED,
            s3={**(given.s3 or {}), "payload_signing_enabled": False},
            max_pool_connections=LINES,
        )
        super().__init__(client_config=given.merge(sparing), **options)
        self._making = threading.Lock()
        self._made_in, self._shared = 0, None

    @property
    def connection(self) -> Any:
        """Return the connection of this process; one made before a fork belongs to the parent."""
        if self._made_in != os.getpid():
            with self._making:
                if self._made_in != os.getpid():
                    self._connections = threading.local()
                    self._shared, self._made_in = super().connection, os.getpid()
        return self._shared

    def delete(self, name: str) -> None:
        """Delete an object; one that is not there is no error."""
        self._client.delete_object(Bucket=self.bucket_name, Key=self._normalize_name(clean_name(name)))

    def _save(self, name: str, content: File[bytes]) -> str:
        cleaned = clean_name(name)
        key = self._normalize_name(cleaned)
        content.seek(0)
        body, given = content.read(), self._get_write_parameters(key, content)
        if len(body) <= SMALL:
            given["ChecksumAlgorithm"] = "CRC32"
        self._client.put_object(Bucket=self.bucket_name, Key=key, Body=body, **given)
        return str(cleaned)

    def _open(self, name: str, mode: str = "rb") -> Any:
        if mode != "rb":
            return super()._open(name, mode)
        key = self._normalize_name(clean_name(name))
        try:
            body = self._client.get_object(Bucket=self.bucket_name, Key=key)["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                raise FileNotFoundError(f"File does not exist: {name}") from error
            raise
        return File(body, name=name)  # read as it comes: nobody needs the whole of it before its first bytes

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

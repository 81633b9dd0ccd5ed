"""Documents in S3, with one request to put a part and one to get it: parts are small enough to go in one piece."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

MISSING = {"404", "NoSuchKey"}


class ObjectStore(S3Storage):
    """The store of django-storages, which looks twice before it reads and starts threads to write, without both."""

    def _save(self, name: str, content: File[bytes]) -> str:
        cleaned = clean_name(name)
        key = self._normalize_name(cleaned)
        content.seek(0)
        given = self._get_write_parameters(key, content)
        self._client.put_object(Bucket=self.bucket_name, Key=key, Body=content.read(), **given)
        return str(cleaned)

    def _open(self, name: str, mode: str = "rb") -> Any:
        if mode != "rb":
            return super()._open(name, mode)
        key = self._normalize_name(clean_name(name))
        try:
            content = self._client.get_object(Bucket=self.bucket_name, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                raise FileNotFoundError(f"File does not exist: {name}") from error
            raise
        return ContentFile(content, name=name)

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

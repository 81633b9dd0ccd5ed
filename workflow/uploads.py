"""Files on their way in: each chunk goes straight to the store, at most one part of 8 MiB is in memory, none on a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from workflow.models import StoredFile
from workflow.storage import PartWriter, StoreAway

UNKNOWN = "application/octet-stream"
MOST_AT_ONCE = 5  # files of the largest size in one request; a longer request is read to its end and dropped


class Arrived(UploadedFile):
    """A file whose parts are in the store; until it is stored as a whole, they are taken back at the end."""

    def __init__(self, writer: PartWriter, name: str) -> None:
        super().__init__(name=name, size=writer.size)
        self.writer = writer
        self.stored: StoredFile | None = None

    def store(self, *, named: bool = True) -> StoredFile:
        """Put the last part away and return the row of the file, without its name if so wished; refuses with StoreAway."""
        self.stored = self.writer.finish(name=(self.name or "")[:255] if named else "", media_type=UNKNOWN)
        return self.stored


class PartUploadHandler(FileUploadHandler):
    """Writes files into the store as they come. What is too large or cannot be stored is read to its end and dropped."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest, *, largest: int, writer: Callable[[], PartWriter] = PartWriter) -> None:
        super().__init__(request)
        self.largest = largest
        self._writer = writer
        self.files: list[Arrived] = []
        self.too_large: list[str] = []
        self.store_away = False
        self._skip_all = False

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Note at once a request too long to hold anything acceptable."""
        self._skip_all = content_length > self.largest * MOST_AT_ONCE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        if self._skip_all:
            self.too_large.append(self.file_name or "")
            raise SkipFile
        self.files.append(Arrived(self._writer(), self.file_name or ""))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Put a chunk away."""
        writer = self.files[-1].writer
        if writer.size + len(raw_data) > self.largest:
            self.too_large.append(self.file_name or "")
            raise SkipFile
        try:
            writer.write(raw_data)
        except StoreAway as error:
            self.store_away = True
            raise SkipFile from error

    def file_complete(self, file_size: int) -> Arrived:
        """Hand over a file that came to its end."""
        self.files[-1].size = file_size
        return self.files[-1]


@contextmanager
def arriving(
    request: HttpRequest, *, largest: int | None = None, writer: Callable[[], PartWriter] = PartWriter
) -> Iterator[PartUploadHandler]:
    """Receive the files of a request through the store; parts of files that nobody kept are taken back at the end.

    `largest` is the size of one file in bytes, UPLOAD_MAX_BYTES when it is not given; `writer` makes the writer of each.
    The view must be exempt from CSRF outside and protected inside: reading the token reads the files.
    """
    handler = PartUploadHandler(request, largest=largest or settings.UPLOAD_MAX_BYTES, writer=writer)
    request.upload_handlers = [handler]
    try:
        yield handler
    finally:
        for file in handler.files:
            if file.stored is None:
                file.writer.abandon()

"""What one upload takes in memory, from the first byte of a part until the store has it, and while the whole is looked into."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.test import RequestFactory

from procurement.demo.codes import CODE
from procurement.demo.codes import begin as begin_application
from procurement.models import Application, Upload
from procurement.queries.sealed_files import Place, SealedWriter, receive
from procurement.queries.upload_check import check_upload
from procurement.queries.uploads import arriving
from procurement.web.access import PREFIX
from procurement.web.tus import parts
from tests.procurement.applying import BEFORE, PDF, open_call, person
from tests.procurement.browsers import Browser
from tests.procurement.uploads.sending import HEADERS, begin
from tests.procurement.web.visits import BACKEND
from workflow import clock, storage
from workflow.uploads import PartUploadHandler

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024
PART, LENGTH = 8 * MIB, 20 * MIB
ALLOWED = 16 * 1000 * 1000


class Arriving:
    """The body of a request as it comes over a line: made while it is read, never there as a whole."""

    def __init__(self, *, start: int, length: int) -> None:
        self.start, self.left = start, length

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        size = min(size, self.left)
        found = bytes(size) if self.start else PDF + bytes(size - len(PDF))
        self.start, self.left = self.start + size, self.left - size
        return found

    readline = read  # Django asks whether there is one


@contextmanager
def memory() -> Iterator[list[int]]:
    """Give the most that was taken meanwhile, in bytes, once it is over."""
    found: list[int] = []
    tracemalloc.start()
    try:
        yield found
        found.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def take(draft: Application, file: UUID, *, offset: int) -> Any:
    """Send one part through the view."""
    length = min(PART, LENGTH - offset)
    body = {"wsgi.input": Arriving(start=offset, length=length), "CONTENT_LENGTH": str(length)}
    headers = {**HEADERS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    request = RequestFactory().generic("PATCH", "/", headers=headers, **body)
    request.user, request.COOKIES = draft.user, {PREFIX + draft.reference: CODE}
    return parts(request, reference=draft.reference, file=file)


@pytest.fixture
def draft() -> Application:
    clock.set_to(BEFORE)
    return begin_application(call=open_call(), actor=person(), now=BEFORE)


def test_an_upload_takes_no_more_than_sixteen_megabytes(draft: Application) -> None:
    client = Browser()
    client.force_login(draft.user, backend=BACKEND)
    assert begin(client, draft, name="x.pdf", length=LENGTH).status_code == 201
    row = Upload.objects.select_related("requirement").get()
    assert take(draft, row.id, offset=0).status_code == 204  # what is loaded once is loaded now
    for offset in (PART, 2 * PART):
        with memory() as taken:
            assert take(draft, row.id, offset=offset).status_code == 204
        assert taken[0] < ALLOWED, offset
    row.refresh_from_db()
    with memory() as taken:
        checked = check_upload(arriving(draft, row))
    assert checked.received.content.kind == "pdf"
    assert taken[0] < ALLOWED, "while it is read back and looked into"


def test_the_plain_form_takes_no_more_either(draft: Application) -> None:
    requirement = draft.call.requirements.get(code="A1")
    receive(draft, requirement, PDF, name="what is loaded once is loaded now.pdf")
    writer, body = SealedWriter(draft, requirement), Arriving(start=0, length=LENGTH)
    with memory() as taken:
        while chunk := body.read(PartUploadHandler.chunk_size):
            writer.write(chunk)
        stored = writer.finish(name="", media_type="application/octet-stream")
    assert (stored.parts, taken[0] < ALLOWED) == (3, True), taken
    with memory() as taken:
        assert writer.received(stored, name="x.pdf").content.kind == "pdf"
    assert taken[0] < ALLOWED, "while it is read back and looked into"


def test_a_download_takes_no_more_either(draft: Application) -> None:
    requirement = draft.call.requirements.get(code="A1")
    received = receive(draft, requirement, PDF + bytes(LENGTH), name="x.pdf")
    opening = Place(draft, requirement.envelope, received.stored.id).opening(received.key)
    with memory() as taken:
        assert sum(map(len, storage.stream(received.stored, unseal=opening))) == len(PDF) + LENGTH
    assert taken[0] < ALLOWED + PART, "the part that was given before is let go of by whoever sends it"

"""Uploads that go on after a lost line: the tus protocol 1.0, with creation, termination, checksum and expiration.

One PATCH carries one part of 8 MiB, or the last one: it is sealed while it comes in, stored as one object, or not at all.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from procurement.actions.begin_upload import begin_upload
from procurement.actions.drop_upload import drop_upload
from procurement.actions.keep_part import Elsewhere, OutOfPlace, keep_part
from procurement.models import Application, CompletionRequest, Requirement
from procurement.queries.uploads import Arriving, arriving
from procurement.rules import files, uploads
from procurement.sealing.files import PartSealer
from procurement.sealing.problems import Unreadable
from procurement.web.own_application import load_own, load_requirement
from procurement.web.refusals import reasons_json
from procurement.web.spool import NoRoom, Spool
from workflow import clock
from workflow.guards import Objection, gettext_noop
from workflow.refusals import Reason, Refused

VERSION, EXTENSIONS = "1.0.0", "creation,termination,checksum,expiration"
ALGORITHMS = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}  # the second because the protocol asks for it
OFFSET_STREAM = "application/offset+octet-stream"
CHUNK = 256 * 1024  # bytes
LONGEST_METADATA = 8 * 1024
TOO_LARGE = {files.NOT_TOO_LARGE.code, uploads.WITHIN_QUOTA.code}
NO_ROOM = Objection(
    "ROOM",
    gettext_noop(
        "The service has no room for this file at the moment. What was received before is safe: send it again in a moment."
    ),
    {},
)
View = Callable[..., HttpResponse]


class Wrong(Exception):
    """A request that breaks the protocol; `status` says how."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


def spoken(view: View) -> View:
    """Answer as the protocol says: its version in every answer, refusals with a status that is not tried again."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Refused as refusal:
        return reasons_json(refusal.reasons, status=413 if TOO_LARGE & set(refusal.codes) else 422)
    except Wrong as wrong:
        headers = {"Tus-Version": VERSION} if wrong.status == 412 else {}
        return HttpResponse(str(wrong), status=wrong.status, content_type="text/plain", headers=headers)
    except NoRoom:
        while request.read(CHUNK):  # to its end, dropped: else the line breaks before the answer is heard
            pass
        return reasons_json([Reason(NO_ROOM)], status=503)
    except Elsewhere:
        return HttpResponse(status=423)
    except OutOfPlace:
        return HttpResponse(status=409)


@require_http_methods(["OPTIONS", "POST"])
@spoken
def creation(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Say what is spoken here, or begin an upload."""
    application = load_own(request, reference)
    return _creation(request, application, load_requirement(application, code))


@require_http_methods(["OPTIONS", "POST"])
@spoken
def answer_creation(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The same for a document that a request of the committee asks for."""
    application = load_own(request, reference)
    asked = CompletionRequest.objects.filter(application=application).first()
    if asked is None:
        raise Http404
    return _creation(request, application, load_requirement(application, code), asked)


def _creation(
    request: HttpRequest, application: Application, requirement: Requirement, asked: CompletionRequest | None = None
) -> HttpResponse:
    if request.method == "OPTIONS":
        return _capabilities()
    _same_version(request)
    length, name = _number(request, "Upload-Length"), _metadata(request).get("filename", "")
    upload = begin_upload(
        application=application, requirement=requirement, name=name, length=length, actor=request.user, now=clock.now(),
        completion=asked,
    )  # fmt: skip
    response = HttpResponse(status=201)
    response["Location"] = reverse("application_upload_parts", args=[application.reference, upload.row.id])
    return _expiring(response, upload.row.expires_at)


def _same_version(request: HttpRequest) -> None:
    """Refuse another version of the protocol, once it is known that something is here for this person."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Wrong(412, f"Version {VERSION} is spoken here.")


def _capabilities() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Tus-Version"], response["Tus-Extension"] = VERSION, EXTENSIONS
    response["Tus-Max-Size"] = str(settings.UPLOAD_MAX_BYTES)
    response["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return response


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@spoken
def parts(request: HttpRequest, reference: str, file: UUID) -> HttpResponse:
    """Say how far an upload is, take its next part, or drop it."""
    upload = load_upload(request, reference, file)
    _same_version(request)
    if request.method == "HEAD":
        response = HttpResponse(headers={"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)})
        return _expiring(response, upload.row.expires_at)
    if request.method == "DELETE":
        drop_upload(upload=upload.row, actor=request.user, now=clock.now())
        return HttpResponse(status=204)
    return _take(request, upload)


def load_upload(request: HttpRequest, reference: str, file: UUID) -> Arriving:
    """Return an upload of one's own application; to everybody else, and under another code, it does not exist."""
    return upload_of(load_own(request, reference), file)


def upload_of(application: Application, file: UUID) -> Arriving:
    """The same, for an application that was loaded as one's own already."""
    row = application.uploads.select_related("requirement", "completion").filter(pk=file).first()
    if row is None:
        raise Http404
    try:
        return arriving(application, row)
    except Unreadable as error:
        raise Http404 from error


def _take(request: HttpRequest, upload: Arriving) -> HttpResponse:
    if request.content_type != OFFSET_STREAM:
        raise Wrong(415, f"A part is sent as {OFFSET_STREAM}.")
    if _number(request, "Upload-Offset") != upload.offset:
        raise OutOfPlace
    length = _number(request, "Content-Length")
    if length > upload.next_length:
        raise Wrong(413, f"{upload.next_length} bytes are awaited.")
    if length < upload.next_length or not length:
        raise Wrong(400, f"{upload.next_length} bytes are awaited: a part is sent whole.")
    sealed = _sealed_part(request, upload, length)
    row = keep_part(upload=upload, sealed=sealed, actor=request.user, now=clock.now())
    response = HttpResponse(status=204, headers={"Upload-Offset": str(upload.offset + length)})
    return _expiring(response, row.expires_at)


def _sealed_part(request: HttpRequest, upload: Arriving, length: int) -> bytes:
    """Read the body and seal it as it comes: no more than a chunk of it is ever there in plain.

    Over a slow line that takes minutes; meanwhile its ciphertext lies in a file, so that many of them fit into memory.
    """
    last = upload.offset + length == upload.length
    sealer = PartSealer(key=upload.key, context=upload.place.part(upload.row.parts, last))
    algorithm, expected = _checksum(request)
    found, left = ALGORITHMS[algorithm](), length
    with Spool() as sealed:
        while left:
            chunk = request.read(min(CHUNK, left))
            if not chunk:
                raise Wrong(400, "The part broke off.")
            if expected:
                found.update(chunk)
            sealed.write(sealer.update(chunk))
            left -= len(chunk)
        if expected and found.digest() != expected:
            raise Wrong(460, "The part is not what was sent.")
        sealed.write(sealer.finish())
        return sealed.whole()


def _checksum(request: HttpRequest) -> tuple[str, bytes]:
    said = request.headers.get("Upload-Checksum", "")
    if not said:
        return "sha256", b""
    algorithm, _space, digest = said.partition(" ")
    if algorithm not in ALGORITHMS:
        raise Wrong(400, "This kind of checksum is not known here.")
    return algorithm, _decoded(digest) or b"?"


def _number(request: HttpRequest, header: str) -> int:
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdigit() and len(said) <= 15):
        raise Wrong(411 if header == "Content-Length" else 400, f"{header} is not a number.")
    return int(said)


def _metadata(request: HttpRequest) -> dict[str, str]:
    said = request.headers.get("Upload-Metadata", "")
    if len(said) > LONGEST_METADATA:
        raise Wrong(400, "Upload-Metadata is too long.")
    pairs = (pair.strip().partition(" ") for pair in said.split(",") if pair.strip())
    return {key: _decoded(value).decode(errors="replace") for key, _space, value in pairs}


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise Wrong(400, "This is not base64.") from error


def _expiring(response: HttpResponse, at: datetime) -> HttpResponse:
    response["Upload-Expires"] = http_date(at.timestamp())
    return response

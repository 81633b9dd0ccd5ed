"""Bad files and a store that is away: a sentence in both languages, nothing kept of what was refused, the draft as it was."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from procurement.demo.codes import CODE, begin
from procurement.models import Application, Document
from procurement.models.working_copy import attached_files
from tests.procurement.applying import BEFORE, PDF, docx, open_call, person
from tests.procurement.browsers import Browser
from tests.procurement.web.visits import session_cookie
from tests.store_away import WAYS, store_away
from workflow import clock
from workflow.models import AuditEvent, StoredFile

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
MIB = 1024 * 1024
BAD = {
    "0 bytes": ("vide.pdf", b"", "FIL-01", "“vide.pdf” is empty: 0 bytes.", "« vide.pdf » est vide : 0 octet."),
    "misnamed": (
        "cv.docx", PDF, "FIL-06", "“cv.docx” is a PDF file under another ending: give it the ending .pdf, then send it again.",
        "« cv.docx » est un fichier PDF sous une autre extension",
    ),
    "wrong type": (
        "virus.pdf", b"MZ\x90\0", "FIL-05", "“virus.pdf” is none of the formats that can be read here: PDF, DOCX.",
        "« virus.pdf » n’est dans aucun des formats lus ici : PDF, DOCX.",
    ),
    "not asked for": (
        "photo.png", b"\x89PNG\r\n\x1a\n", "FIL-07", "“photo.png” is a PNG file; this document is asked for as PDF, DOCX.",
        "« photo.png » est un fichier PNG",
    ),
    "password (PDF)": (
        "clos.pdf", PDF + b"<< /Encrypt 5 0 R >>", "FIL-03", "“clos.pdf” is protected by a password", "« clos.pdf » est protégé par un mot de passe",
    ),
    "password (Word)": (
        "clos.docx", OLE, "FIL-03", "“clos.docx” is protected by a password", "« clos.docx » est protégé par un mot de passe",
    ),
    "damaged": (
        "casse.docx", docx()[:60], "FIL-04", "“casse.docx” is damaged or packed in a way", "« casse.docx » est abîmé",
    ),
}  # fmt: skip


@pytest.fixture
def draft(db: None) -> Application:
    clock.set_to(BEFORE)
    return begin(call=open_call(), actor=person(), now=BEFORE)


def browser(draft: Application, language: str = "en") -> Client:
    client = Browser()
    client.force_login(draft.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["language"] = language
    return client


def send(client: Client, draft: Application, name: str, content: bytes, *, script: bool = True) -> Any:
    address = reverse("application_upload", args=[draft.reference, "A1"])
    headers = {"Accept": "application/json"} if script else {}
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, headers=headers)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("&#x27;", "'")


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_in_both_languages_with_and_without_script(draft: Application, name: str) -> None:
    file, content, code, english, french = BAD[name]
    for language, sentence in (("en", english), ("fr", french)):
        client = browser(draft, language)
        by_script = send(client, draft, file, content)
        assert by_script.status_code == 409
        assert by_script.json()["reasons"][0]["code"] == code
        assert sentence in plain(by_script.json()["sentence"])
        page = send(client, draft, file, content, script=False)
        assert page.status_code == 409
        assert sentence in plain(page.content.decode())
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditEvent.objects.filter(act="attach_document", outcome="refused", reasons=[code]).count() == 4
    assert send(client, draft, "bon.pdf", PDF).status_code == 200


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("facture\u202efdp.pdf", "facturefdp.pdf"),
        ("a\u2066b\u2069.pdf", "ab.pdf"),
        ("nul\x00l.pdf", "null.pdf"),
    ],
)
def test_a_name_of_bad_faith_is_harmless_wherever_it_is_shown(draft: Application, sent: str, kept: str) -> None:
    client = browser(draft)
    assert send(client, draft, sent, PDF).status_code == 200
    document = Document.objects.get()
    (found,) = attached_files(draft)
    assert (document.name, found.told.name) == ("", kept)
    page = client.get(reverse("application_document", args=[draft.reference, "A1"])).content.decode()
    assert kept in page
    back = client.get(reverse("application_file", args=[draft.reference, document.file_id]))
    assert back["Content-Disposition"] == f'attachment; filename="{kept}"'
    key = f"files/{document.file_id.hex[:2]}/{document.file_id.hex}/00000"
    assert storages["default"].exists(key)  # the name is nowhere in the store


@pytest.mark.parametrize("way", WAYS)
def test_a_store_that_is_away_costs_nothing_and_the_next_try_works(draft: Application, settings: Any, way: str) -> None:
    client, content = browser(draft, "fr"), PDF + b"x" * 17_000_000
    note = reverse("application_document", args=[draft.reference, "A1"])
    client.post(note, {"text": "Gardé."}, headers={"Accept": "application/json"})
    with store_away(settings, way, budget=9_000_000 if way == "half way" else 0) as proxy:
        said = send(client, draft, "lettre.pdf", content)
        assert said.status_code == 503
        assert said.json()["reasons"] == [{"code": "STORE", "sentence": said.json()["sentence"]}]
        assert said.json()["sentence"].startswith("La réserve des documents ne répond pas.")
        page = send(client, draft, "lettre.pdf", content, script=False)
        assert page.status_code == 503
        assert plain(said.json()["sentence"]) in plain(page.content.decode())
        assert "Gardé." in page.content.decode()
        assert not Document.objects.exists()
        assert not StoredFile.objects.exists()
        assert not AuditEvent.objects.filter(act="attach_document").exists()
        if way != "refused":
            proxy.mend()
            settings.STORAGES = {**settings.STORAGES}  # a new connection, as the next request would have
            assert send(client, draft, "lettre.pdf", content).status_code == 200
    if way == "refused":
        assert send(client, draft, "lettre.pdf", content).status_code == 200
    kept = Document.objects.get()
    back = client.get(reverse("application_file", args=[draft.reference, kept.file_id]))
    assert b"".join(back.streaming_content) == content


def _long_form(boundary: str, name: str, length: int) -> tuple[bytes, Iterator[bytes], bytes]:
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    piece = bytes(MIB)
    return head, (piece for _ in range(length // MIB)), f"\r\n--{boundary}--\r\n".encode()


@pytest.mark.django_db(transaction=True)
def test_three_hundred_megabytes_are_read_refused_and_gone(
    live_server: Any, draft: Application, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.UPLOAD_MAX_BYTES = 100 * MIB
    put: list[str] = []
    save = type(storages["default"])._save
    monkeypatch.setattr(
        type(storages["default"]), "_save", lambda self, name, content: put.append(name) or save(self, name, content)
    )
    head, pieces, tail = _long_form("b", "gros.pdf", 300 * MIB)
    connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=120)
    connection.putrequest("POST", reverse("application_upload", args=[draft.reference, "A1"]))
    cookie = session_cookie(draft.user)
    for name, value in {
        "Content-Length": str(len(head) + 300 * MIB + len(tail)),
        "Content-Type": "multipart/form-data; boundary=b",
        "Accept": "application/json",
        "Cookie": f"{cookie['name']}={cookie['value']}; language=fr; appel_csrf={'a' * 32};"
        f" appel_seal_{draft.reference}={CODE}",
        "X-CSRFToken": "a" * 32,
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(head)
    for piece in pieces:
        connection.send(piece)
    connection.send(tail)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    assert answer.status == 413
    assert plain(said["sentence"]) == "« gros.pdf » dépasse 100 Mo."
    assert 0 < len(put) <= 12  # no more than the parts of what is allowed
    assert not any(storages["default"].exists(name) for name in put)
    assert not StoredFile.objects.exists()
    assert not Document.objects.exists()

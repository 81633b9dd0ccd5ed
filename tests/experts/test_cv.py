"""The curriculum: kept in the real store, read by its owner alone, refused when it is not what it says."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from experts import documents
from experts.models import Expert
from tests.scanner import EICAR, scanner
from workflow import outbox
from workflow.models import AuditEvent, OutboxMessage, StoredFile

JSON = {"accept": "application/json"}
PDF = b"%PDF-1.4\n" + b"words " * 2000 + b"\ntrailer << /Root 1 0 R >>\n%%EOF"


def word(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names or ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "<x/>")
    return content.getvalue()


def send(browser: Client, content: bytes, name: str = "cv.pdf", **headers: str) -> Any:
    return browser.post("/profile/cv/", {"file": SimpleUploadedFile(name, content)}, headers=headers)


@pytest.mark.parametrize(
    ("content", "sent_as", "kept_as", "kind"),
    [
        (PDF, "My résumé.pdf", "My résumé.pdf", documents.PDF),
        (word(), "cv.docx", "cv.docx", documents.DOCX),
        (PDF, "really.docx", "really.pdf", documents.PDF),
        (PDF, "x/../../etc/passwd", "passwd.pdf", documents.PDF),
        (PDF, "invoice\u202efdp.exe", "invoicefdp.exe.pdf", documents.PDF),
    ],
)
def test_a_file_is_kept_under_a_name_that_says_what_it_is(
    browser_of_nadia: Client, content: bytes, sent_as: str, kept_as: str, kind: str
) -> None:
    assert send(browser_of_nadia, content, sent_as, **JSON).json() == {"reload": True}
    stored = Expert.objects.get().cv
    assert stored
    assert (stored.name, stored.media_type, stored.size) == (kept_as, kind, len(content))
    answer = browser_of_nadia.get("/profile/cv/file/")
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"MZ" + b"\0" * 500, "neither PDF nor Word"),
        (b"PK\x03\x04 not a zip at all", "cannot be opened safely"),
        (word("[Content_Types].xml", "word/document.xml", "../evil.xml"), "cannot be opened safely"),
        (word("xl/workbook.xml"), "neither PDF nor Word"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "protected by a password"),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "protected by a password"),
        (PDF + b"0" * documents.LARGEST, "larger than 10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_sentence(
    browser_of_nadia: Client, content: bytes, sentence: str
) -> None:
    answer = send(browser_of_nadia, content, **JSON)
    assert answer.status_code == 422
    [said] = answer.json()["reasons"]
    assert sentence in said["sentence"]
    assert Expert.objects.get().cv is None
    assert not StoredFile.objects.exists()
    page = send(browser_of_nadia, content)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_no_file_at_all_is_said(browser_of_nadia: Client) -> None:
    assert browser_of_nadia.post("/profile/cv/", {}, headers=JSON).json()["sentence"] == "Choose a file first."


def test_nobody_reads_anothers_file(
    browser_of_nadia: Client, browser_of: Callable[[User], Client], person: Callable[[str], User]
) -> None:
    send(browser_of_nadia, PDF)
    assert browser_of_nadia.get("/profile/cv/file/").status_code == 200
    stranger = browser_of(person("Eve"))
    assert stranger.get("/profile/cv/file/").status_code == 404
    assert "cv.pdf" not in stranger.get("/profile/cv/").content.decode()


def test_a_file_put_in_place_of_another_takes_its_bytes_away(browser_of_nadia: Client) -> None:
    send(browser_of_nadia, PDF)
    old = StoredFile.objects.get()
    place = f"files/{old.pk.hex[:2]}/{old.pk.hex}/00000"
    sent = word()
    send(browser_of_nadia, sent, "cv.docx")
    assert storages["default"].exists(place)
    assert outbox.deliver(OutboxMessage.objects.get(task="experts.discard_file").pk)
    assert not storages["default"].exists(place)
    assert [stored.name for stored in StoredFile.objects.all()] == ["cv.docx"]
    assert b"".join(browser_of_nadia.get("/profile/cv/file/").streaming_content) == sent


def test_a_refused_file_leaves_the_present_one(browser_of_nadia: Client) -> None:
    send(browser_of_nadia, PDF)
    send(browser_of_nadia, b"MZ")
    assert b"".join(browser_of_nadia.get("/profile/cv/file/").streaming_content) == PDF
    assert not OutboxMessage.objects.filter(task="experts.discard_file").exists()


def test_a_removed_file_is_gone(browser_of_nadia: Client) -> None:
    send(browser_of_nadia, PDF)
    assert browser_of_nadia.get("/profile/cv/removal/").status_code == 405
    browser_of_nadia.post("/profile/cv/removal/")
    assert browser_of_nadia.get("/profile/cv/file/").status_code == 404
    assert outbox.deliver(OutboxMessage.objects.get(task="experts.discard_file").pk)
    assert not StoredFile.objects.exists()
    assert [event.act for event in AuditEvent.objects.filter(act__contains="cv").order_by("id")] == [
        "attach_cv",
        "remove_cv",
    ]


def test_no_file_is_put_down_on_a_disk_of_ours(browser_of_nadia: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", never)
    monkeypatch.setattr(tempfile, "mkstemp", never)
    assert send(browser_of_nadia, PDF + b"0" * 9_000_000, **JSON).json() == {"reload": True}
    assert send(browser_of_nadia, PDF + b"0" * documents.LARGEST * 6, **JSON).status_code == 422
    stranger = Client()
    answer = stranger.post("/accounts/login/", {"file": SimpleUploadedFile("a.pdf", PDF + b"0" * 5_000_000)})
    assert answer.status_code == 200


def test_what_deserves_a_warning_is_kept_beside_it_as_with_an_application(browser_of_nadia: Client) -> None:
    send(browser_of_nadia, word("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "cv.docx")
    assert Expert.objects.get().cv_findings == ["macros"]
    assert "holds macros, which will not run here" in browser_of_nadia.get("/profile/cv/").content.decode()
    send(browser_of_nadia, PDF)
    assert Expert.objects.get().cv_findings == []


def test_a_virus_is_kept_said_and_warned_of(browser_of_nadia: Client, settings: Any, tmp_path: Path) -> None:
    sick = PDF + EICAR
    with scanner(tmp_path, ("Test.Eicar", sick)) as settings.CLAMD_URL:
        assert send(browser_of_nadia, sick, **JSON).json() == {"reload": True}
    assert Expert.objects.get().cv_findings == ["virus:Test.Eicar.UNOFFICIAL"]
    assert "the virus scanner knows as “Test.Eicar.UNOFFICIAL”" in browser_of_nadia.get("/profile/cv/").content.decode()
    warned = browser_of_nadia.get("/profile/cv/file/")
    assert "may harm the computer" in warned.content.decode()
    assert "Content-Disposition" not in warned.headers
    assert b"".join(browser_of_nadia.get("/profile/cv/file/?despite=1").streaming_content) == sick
    browser_of_nadia.post("/profile/cv/removal/")
    assert Expert.objects.get().cv_findings == []


def test_without_its_scanner_it_is_kept_and_looked_at_later(
    browser_of_nadia: Client, settings: Any, tmp_path: Path
) -> None:
    sick = PDF + EICAR
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    send(browser_of_nadia, sick)
    assert Expert.objects.get().cv_findings == ["not_scanned"]
    message = OutboxMessage.objects.get(task="experts.scan_file")
    assert not outbox.deliver(message.pk)  # still away: it comes again
    with scanner(tmp_path, ("Test.Eicar", sick)) as settings.CLAMD_URL:
        assert outbox.deliver(message.pk)
    assert Expert.objects.get().cv_findings == ["virus:Test.Eicar.UNOFFICIAL"]
    assert AuditEvent.objects.filter(act="find_virus").count() == 1


def test_a_token_that_is_stale_keeps_nothing(nadia: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nadia, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert send(browser, PDF).status_code == 403
    assert not StoredFile.objects.exists()
    assert Expert.objects.filter(cv__isnull=False).count() == 0


def test_the_store_away_changes_nothing(browser_of_nadia: Client, settings: Any) -> None:
    send(browser_of_nadia, PDF)
    broken = {**settings.STORAGES["default"], "OPTIONS": {**settings.STORAGES["default"]["OPTIONS"]}}
    broken["OPTIONS"] |= {"endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "default": broken}
    answer = send(browser_of_nadia, word(), "cv.docx", **JSON)
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()
    assert Expert.objects.get().cv.name == "cv.pdf"

"""Files on their way in: streamed to the store in parts, checked, refused in a sentence, never left behind."""

from __future__ import annotations

import tempfile

import pytest
from django.conf import settings as project
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from procurement.demo.codes import begin
from procurement.models import Document
from procurement.models.working_copy import attached_files
from procurement.sealing import sealed_size
from tests.procurement.applying import AFTER, BEFORE, PDF, ask_to_complete, open_call, person, submitted
from tests.procurement.browsers import Browser
from workflow import clock, storage
from workflow.models import AuditEvent, StoredFile

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def actor(client):
    clock.set_to(BEFORE)
    one = person()
    client.force_login(one)
    return one


@pytest.fixture
def draft(actor):
    return begin(call=open_call(), actor=actor, now=BEFORE)


@pytest.fixture
def parts(settings, tmp_path):
    """A store of our own on a disk, to see what stays in it."""
    settings.STORAGES = {
        **project.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    return lambda: sorted(path for path in tmp_path.rglob("*") if path.is_file())


def send(client, draft, *files, code="A1", headers=SCRIPT):
    address = reverse("application_upload", args=[draft.reference, code])
    return client.post(
        address, {"file": [SimpleUploadedFile(name, content) for name, content in files]}, headers=headers
    )


def test_a_file_arrives_in_sealed_parts_and_comes_back_whole(client, draft, parts):
    content = PDF + b"x" * 9_000_000
    said = send(client, draft, ("lettre.pdf", content))
    assert said.json() == {"url": reverse("application_document", args=[draft.reference, "A1"])}
    document = Document.objects.get()
    assert (document.file.size, document.file.parts, len(parts())) == (sealed_size(len(content)), 2, 2)
    assert not any(b"xxxxxxxx" in part.read_bytes() for part in parts())
    back = client.get(reverse("application_file", args=[draft.reference, document.file_id]))
    assert b"".join(back.streaming_content) == content
    assert back["Content-Type"] == "application/pdf"
    assert back["Content-Disposition"] == 'attachment; filename="lettre.pdf"'
    assert back["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in back["Content-Security-Policy"]


def test_nothing_touches_a_disk_of_ours(client, draft, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", never)
    monkeypatch.setattr(tempfile, "mkstemp", never)
    assert send(client, draft, ("lettre.pdf", PDF + b"x" * 5_000_000)).status_code == 200


def test_a_picture_is_never_given_back_as_a_page(client, draft):
    send(client, draft, ("photo.png", b"\x89PNG\r\n\x1a\n<script>"), code="A5")
    file = Document.objects.get().file
    back = client.get(reverse("application_file", args=[draft.reference, file.pk]))
    assert back["Content-Disposition"].startswith("attachment")
    assert back["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.pdf", b"", "is empty"),
        ("lettre.docx", PDF, "under another ending"),
        ("lettre.pdf", b"MZ\x90", "none of the formats"),
        ("lettre.pdf", PDF + b"<< /Encrypt 5 0 R >>", "protected by a password"),
        (
            "lettre.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_leaves_nothing(client, draft, parts, name, content, words):
    said = send(client, draft, (name, content))
    assert said.status_code == 409
    assert words in said.json()["sentence"]
    assert name in said.json()["reasons"][0]["sentence"]
    assert parts() == []
    assert not StoredFile.objects.exists()


def test_a_file_that_is_too_large_is_dropped_while_it_comes(client, draft, settings, parts):
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024
    said = send(client, draft, ("gros.pdf", PDF + b"x" * 3_000_000))
    assert said.status_code == 413
    assert said.json()["reasons"] == [{"code": "FIL-02", "sentence": "“gros.pdf” is larger than 2 MB."}]
    assert parts() == []
    assert AuditEvent.objects.filter(act="attach_document", outcome="refused", reasons=["FIL-02"]).count() == 1


def test_a_request_far_too_long_never_reaches_the_store(client, draft, settings, monkeypatch):
    settings.UPLOAD_MAX_BYTES = 100_000
    monkeypatch.setattr(storage.PartWriter, "write", lambda self, chunk: pytest.fail("written"))
    assert send(client, draft, ("gros.pdf", PDF + b"x" * 600_000)).status_code == 413


def test_of_two_files_the_good_one_stays(client, draft):
    said = send(client, draft, ("bon.pdf", PDF), ("mauvais.pdf", b"MZ"))
    assert "url" in said.json()
    shown = client.get(said.json()["url"]).content.decode()
    assert "“bon.pdf” was received." in shown
    assert "“mauvais.pdf” is none of the formats" in shown
    assert [one.told.name for one in attached_files(draft)] == ["bon.pdf"]


def test_the_same_file_twice_is_one(client, draft):
    send(client, draft, ("lettre.pdf", PDF))
    assert "already" in send(client, draft, ("autre.pdf", PDF)).json()["sentence"]


def test_the_names_of_bad_faith(client, draft):
    send(client, draft, ("../../../secret\u202efdp.pdf", PDF))
    assert [one.told.name for one in attached_files(draft)] == ["secretfdp.pdf"]


def test_without_a_script_the_page_says_it(client, draft):
    refused = send(client, draft, ("vide.pdf", b""), headers={})
    assert refused.status_code == 409
    assert "“vide.pdf” is empty: 0 bytes." in refused.content.decode()
    assert send(client, draft, ("lettre.pdf", PDF), headers={}).status_code == 302
    address = reverse("application_upload", args=[draft.reference, "A1"])
    assert "Choose a file first." in client.post(address, {}).content.decode()


def test_after_the_deadline_a_file_is_refused_and_not_kept(client, draft, parts):
    clock.set_to(AFTER)
    said = send(client, draft, ("lettre.pdf", PDF))
    assert said.status_code == 409
    assert said.json()["sentence"].startswith("The deadline passed")
    assert parts() == []


def test_a_stale_token_is_refused_and_nothing_is_kept(draft, parts):
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(draft.user)
    assert send(strict, draft, ("lettre.pdf", PDF)).status_code == 403
    assert parts() == []


def test_another_site_cannot_even_send_the_bytes(draft, monkeypatch):
    monkeypatch.setattr(storage.PartWriter, "write", lambda self, chunk: pytest.fail("read"))
    strict = Browser(enforce_csrf_checks=True, headers={"Origin": "https://elsewhere.example"})
    strict.force_login(draft.user)
    assert send(strict, draft, ("lettre.pdf", PDF)).status_code == 403


@pytest.mark.parametrize("who", ["rival", "nobody"])
def test_whose_application_it_is_is_asked_before_a_byte_is_read(client, draft, monkeypatch, who):
    monkeypatch.setattr(storage.PartWriter, "write", lambda self, chunk: pytest.fail("read"))
    client.logout()
    if who == "rival":
        client.force_login(person("Yanis Rival"))
    assert send(client, draft, ("lettre.pdf", PDF)).status_code == (404 if who == "rival" else 401)


def test_a_store_that_is_away_is_told_and_costs_nothing(client, draft, settings, tmp_path):
    note = reverse("application_document", args=[draft.reference, "A1"])
    client.post(note, {"text": "Kept."}, headers=SCRIPT)
    closed = tmp_path / "closed"
    closed.write_text("not a folder")
    settings.STORAGES = {
        **project.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(closed)}},
    }
    said = send(client, draft, ("lettre.pdf", PDF))
    assert said.status_code == 503
    assert "The document store does not answer." in said.json()["sentence"]
    assert send(client, draft, ("lettre.pdf", PDF), headers={}).status_code == 503
    assert "Kept." in client.get(note).content.decode()
    assert not StoredFile.objects.exists()


def test_a_file_that_the_store_cannot_give_back_now_is_told_too(client, draft):
    send(client, draft, ("lettre.pdf", PDF))
    file = Document.objects.get().file
    storages["default"].delete(f"files/{file.pk.hex[:2]}/{file.pk.hex}/00000")
    assert client.get(reverse("application_file", args=[draft.reference, file.pk])).status_code == 503


def test_removing_a_file(client, draft):
    send(client, draft, ("lettre.pdf", PDF))
    file = Document.objects.get().file_id
    client.post(reverse("application_file_removal", args=[draft.reference, file]))
    assert Document.objects.get().removed_at is not None


def test_completing_a_file_in_its_window(client, actor):
    application = submitted(open_call(), actor)
    clock.set_to(AFTER)
    asked = ask_to_complete(application, "A5", due=clock.now().replace(microsecond=0))
    asked.due_at = AFTER.replace(hour=23)
    asked.save()
    page = reverse("application_completion", args=[application.reference])
    sending = reverse("application_completion_answer", args=[application.reference])
    upload = reverse("application_completion_upload", args=[application.reference, "A5"])
    assert 'data-code="CPL-04"' in client.get(page).content.decode()
    assert client.post(sending).status_code == 409
    foreign = reverse("application_completion_upload", args=[application.reference, "A1"])
    assert client.post(foreign, {"file": SimpleUploadedFile("a.pdf", PDF)}, headers=SCRIPT).status_code == 409
    assert client.post(upload, {"file": SimpleUploadedFile("a.pdf", PDF)}, headers=SCRIPT).json() == {"url": page}
    client.post(sending)
    assert "You sent your answer on" in client.get(page).content.decode()
    assert client.post(upload, {"file": SimpleUploadedFile("b.pdf", PDF + b"2")}, headers=SCRIPT).status_code == 409


def test_after_its_window_a_file_is_completed_no_more(client, actor):
    application = submitted(open_call(), actor)
    ask_to_complete(application, "A5", due=BEFORE)
    clock.set_to(AFTER)
    upload = reverse("application_completion_upload", args=[application.reference, "A5"])
    said = client.post(upload, {"file": SimpleUploadedFile("a.pdf", PDF)}, headers=SCRIPT)
    assert said.status_code == 409
    assert said.json()["sentence"].startswith("The time to complete your file ended on")
    shown = client.get(reverse("application_completion", args=[application.reference])).content.decode()
    assert "The time to complete your file is over." in shown
    assert "data-upload" not in shown

"""What a virus scanner knows is a finding: kept, said to the applicant and to the committee, and before every download."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from procurement.demo.codes import begin
from procurement.models import Document
from procurement.models.working_copy import attached_files
from procurement.queries.findings import NOT_SCANNED
from tests.procurement.applying import BEFORE, PDF, ask_to_complete, open_call, person, submitted
from tests.procurement.browsers import Browser
from tests.procurement.web.test_bad_uploads import send
from tests.scanner import EICAR, scanner
from workflow import clock, outbox
from workflow.models import AuditEvent, OutboxMessage

pytestmark = pytest.mark.django_db
SICK = PDF + EICAR
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def entered(user: Any) -> Browser:
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    browser.cookies["language"] = "en"
    return browser


def test_a_virus_is_kept_said_and_warned_of(settings: Any, tmp_path: Path) -> None:
    clock.set_to(BEFORE)
    draft = begin(call=open_call(), actor=person(), now=BEFORE)
    client = entered(draft.user)
    with scanner(tmp_path, ("Test.Eicar", SICK)) as settings.CLAMD_URL:
        assert send(client, draft, "sick.pdf", SICK).status_code == 200
        assert send(client, draft, "well.pdf", PDF).status_code == 200
    sick, well = attached_files(draft)
    assert (sick.told.findings, well.told.findings) == (("virus:Test.Eicar.UNOFFICIAL",), ())
    page = client.get(f"/applications/{draft.reference}/documents/A1/").content.decode()
    assert "the virus scanner knows as “Test.Eicar.UNOFFICIAL”" in page
    address = f"/applications/{draft.reference}/files/{sick.row.file_id}/"
    warned = client.get(address)
    assert "may harm the computer" in warned.content.decode()
    assert "Content-Disposition" not in warned
    assert b"".join(client.get(f"{address}?despite=1").streaming_content) == SICK
    assert b"".join(client.get(f"/applications/{draft.reference}/files/{well.row.file_id}/").streaming_content) == PDF


def test_without_its_scanner_a_file_is_kept_and_looked_at_later(settings: Any, tmp_path: Path) -> None:
    call = open_call()
    clock.set_to(BEFORE)
    application = submitted(call, person())
    asked = ask_to_complete(application, "A5", due=clock.now().replace(microsecond=0))
    asked.due_at = BEFORE.replace(hour=23)
    asked.save()
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = entered(application.user)
    upload = f"/applications/{application.reference}/completion/A5/files"
    said = client.post(upload, {"file": SimpleUploadedFile("sick.pdf", SICK)}, headers={"Accept": "application/json"})
    assert said.status_code == 200
    document = Document.objects.get(completion=asked)
    assert document.findings == [NOT_SCANNED]
    assert "did not answer" in client.get(said.json()["url"]).content.decode()
    message = OutboxMessage.objects.get(task="procurement.scan_document")
    assert not outbox.deliver(message.pk)  # still away: it comes again
    with scanner(tmp_path, ("Test.Eicar", SICK)) as settings.CLAMD_URL:
        assert outbox.deliver(message.pk)
    document.refresh_from_db()
    assert document.findings == ["virus:Test.Eicar.UNOFFICIAL"]
    assert AuditEvent.objects.filter(act="find_virus", subject_id=str(document.pk)).count() == 1

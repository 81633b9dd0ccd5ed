"""The signed receipt: what the law asks for, the same at each asking, verified without the service."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from procurement.models import Paper
from procurement.queries.receipts import signed
from procurement.sealing import verify_receipt
from tests.procurement.applying import (
    AFTER,
    BEFORE,
    attach,
    complete_application,
    open_call,
    person,
    sealed_in,
    submit,
)
from tests.procurement.browsers import Browser
from workflow import clock, outbox, signing
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
KEY = str(signing.public_key(signing.RECEIPTS))


@pytest.fixture
def application():
    clock.set_to(BEFORE)
    return complete_application(open_call(), person())


def given(application, number, name="application_receipt_signed"):
    browser = Browser()
    browser.force_login(application.user)
    return browser.get(reverse(name, args=[application.reference, number]))


def test_the_receipt_says_what_the_law_asks_for_and_what_proves_it(application):
    submission = submit(application, application.user)
    answer = given(application, submission.receipt_number)
    told = json.loads(answer.content)["receipt"]
    assert (told["number"], told["applicant"]["name"]) == (submission.receipt_number, "Nadia Ferhat")
    assert told["authority"]["name"] == "Cités et Gouvernements Locaux Unis"
    assert (told["call"]["reference"], told["call"]["title"]) == (application.call.reference, "Profil migratoire")
    assert told["received_at"] == submission.submitted_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    assert (told["late"], told["replaces"], told["version"]) == (False, None, 1)
    held = sealed_in(submission)
    assert {one["sha256"] for one in told["documents"]} == {file.sha256 for one in held.values() for file in one.files}
    for one in told["envelopes"]:
        header = submission.envelopes.get(kind=one["envelope"]).header
        assert (one["body"], one["files"], one["sealed_in"]) == (header["body"], header["files"], "server")
        assert one["holders"] == [holder["fingerprint"] for holder in header["holders"]]
    assert told["sha256"] == submission.sha256
    assert answer["Content-Disposition"].startswith("attachment")
    page = given(application, submission.receipt_number, "application_receipt").content.decode()
    assert "Who could read your price before the opening" in page


def test_the_same_click_gives_the_same_receipt_to_the_byte(application):
    first = submit(application, application.user, key="one")
    content = given(application, first.receipt_number).content
    again = submit(application, application.user, key="one", at=BEFORE + timedelta(minutes=1))
    assert given(application, again.receipt_number).content == content
    word = given(application, first.receipt_number, "application_receipt_file").content
    clock.set_to(BEFORE + timedelta(minutes=2))
    assert given(application, first.receipt_number, "application_receipt_file").content == word


def test_a_replacement_names_what_it_replaces_and_a_late_one_says_so(application):
    first = submit(application, application.user)
    attach(application, "A5", application.user)
    second = submit(application, application.user, at=BEFORE + timedelta(minutes=1))
    told = json.loads(given(application, second.receipt_number).content)["receipt"]
    assert (told["replaces"], told["version"], len(told["documents"])) == (first.receipt_number, 2, 3)
    late = submit(application, application.user, at=AFTER)
    told = json.loads(given(application, late.receipt_number).content)["receipt"]
    assert (told["late"], told["replaces"]) == (True, None)


def test_the_mail_says_number_and_instant_and_nothing_of_the_files(application, mailoutbox):
    submission = submit(application, application.user)
    outbox.deliver_waiting()
    (mail,) = (one for one in mailoutbox if submission.receipt_number in one.subject)
    assert submission.receipt_number in mail.body
    assert "file.pdf" not in mail.body
    assert not mail.attachments
    assert not Paper.objects.exists()
    assert "file.pdf" not in str(list(OutboxMessage.objects.values()))


def test_the_receipt_is_verified_without_the_service_against_ones_own_files(application, tmp_path):
    submission = submit(application, application.user)
    receipt = tmp_path / "receipt.json"
    receipt.write_bytes(given(application, submission.receipt_number).content)
    file = next(file for one in sealed_in(submission).values() for file in one.files)
    browser = Browser()
    browser.force_login(application.user)
    back = browser.get(reverse("application_file", args=[application.reference, file.id]))
    mine, other = tmp_path / "mine.pdf", tmp_path / "other.pdf"
    mine.write_bytes(b"".join(back.streaming_content))
    other.write_bytes(b"%PDF-1.4 something else")
    program = tmp_path / "verify_receipt.py"
    program.write_text(browser.get(reverse("public_receipt_program")).content.decode())
    keys = browser.get(reverse("public_keys_file")).content.decode().splitlines()
    assert KEY in keys

    def run(*arguments):
        alone = [sys.executable, "-I", str(program), str(receipt), *arguments]
        return subprocess.run(alone, capture_output=True, text=True, timeout=20, check=False, cwd=tmp_path)

    sound = run("--key", KEY, str(mine))
    assert (sound.returncode, "as it was sealed" in sound.stdout) == (0, True), sound.stdout + sound.stderr
    assert run("--key", KEY, str(other)).returncode == 1
    assert run(str(mine)).returncode == 1  # nobody said whose key it is
    receipt.write_text(receipt.read_text().replace("Nadia", "Nadja"))
    broken = run("--key", KEY)
    assert (broken.returncode, "something was changed" in broken.stdout) == (2, True)


def changed(**fields):
    return lambda told: told | fields


def with_document(**fields):
    return lambda told: told | {"documents": [told["documents"][0] | fields, *told["documents"][1:]]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed(late=True), "late"),
        (changed(format="appel-receipt/v9"), "format"),
        (with_document(sha256="0" * 64), "does not follow"),
        (lambda told: told | {"documents": told["documents"][1:]}, "not among the documents"),
        (lambda told: told | {"envelopes": told["envelopes"][:1]}, "not on its envelope"),
    ],
)
def test_even_what_is_signed_must_make_sense(application, change, words):
    submission = submit(application, application.user)
    told = json.loads(given(application, submission.receipt_number).content)["receipt"]
    with pytest.raises(verify_receipt.Bad, match=words):
        verify_receipt.verify(signed(change(copy.deepcopy(told))).decode(), keys=[KEY], files=[])


def test_the_program_stands_alone():
    text = Path(verify_receipt.__file__).read_text(encoding="utf-8")
    imports = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert not imports - (set(sys.stdlib_module_names) | {"cryptography"})

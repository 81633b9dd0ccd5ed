"""A word in everything that applicants write and send is nowhere before the opening, and where it belongs afterwards."""

from __future__ import annotations

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import redis
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from procurement.actions.open_technical import open_technical
from procurement.models import Application, Document, Envelope
from procurement.sealing import draft_key
from procurement.sealing.canonical import unspelled
from tests.procurement.applying import AFTER, BEFORE, PDF, person
from tests.procurement.canary import Watch, spellings, spellings_of
from tests.procurement.committees import OPENING, World, in_session, staffed_call
from tests.procurement.uploads.sending import PART, attach, begun, send_all, send_part
from workflow import audit, clock, outbox

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "application/x-www-form-urlencoded"
SCRIPT = {"Accept": "application/json"}
PASSWORD = "a long password of words"
KINDS = ("table", "journal", "broker", "object", "log", "mail")


class Writer:
    """Somebody who applies through the pages, and writes the word wherever there is room for it."""

    def __init__(self, world: World, word: str, name: str) -> None:
        self.word, self.user = word, person(name)
        self.client = Client()
        self._log_in()
        begun = self.client.post(reverse("application_start", args=[world.call.reference]))
        assert begun.status_code == 302
        self.application = Application.objects.get(user=self.user)

    def _log_in(self) -> None:
        self.client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    @property
    def reference(self) -> str:
        return self.application.reference

    @property
    def code(self) -> str:
        """Return the access code, which is in the browser only."""
        return str(self.client.cookies[f"appel_seal_{self.application.reference}"].value)

    def at(self, name: str, *more: str) -> str:
        return reverse(name, args=[self.application.reference, *more])

    def write(self) -> None:
        """Fill in every field, with faults among them, in two windows, and after the session ended."""
        self._log_in()
        word = self.word
        identity = {
            "name": f"{word} Name", "status": "natural", "address": f"{word}\nrue Haute, a long line to be kept whole",
            "country": word, "telephone": word, "vat": "exempt", "vat_number": word, "registration_number": word,
            "representative": word, "version": "",
        }  # fmt: skip
        assert self.client.post(self.at("application_identity"), identity).status_code == 302
        older = {**identity, "name": f"{word} Other"}
        assert self.client.post(self.at("application_identity"), older).status_code == 409
        for code in ("A1", "B1"):
            self.client.post(self.at("application_document", code), {"text": f"{word} note", "version": ""})
        wrong = {"days": word, "rate": "300", "expenses": "1", "version": ""}
        seen = self.client.post(self.at("application_price"), wrong, headers=SCRIPT).json()["version"]
        price = {"days": "40", "rate": "300", "expenses": "1900", "version": seen}
        assert self.client.post(self.at("application_price"), price, headers=SCRIPT).status_code == 200
        Session.objects.all().delete()
        came = {"referer": "http://testserver/", "origin": "http://testserver"}
        late = self.client.post(self.at("application_identity"), urlencode(older), content_type=FORM, headers=came)
        assert "unsent" in late.headers["Location"]
        self._log_in()

    def keep(self) -> None:
        """Keep the code with the account, mistyping the password first, and open with it on another device."""
        self._log_in()
        for password in (f"{PASSWORD} not", PASSWORD):
            self.client.post(self.at("application_code_keeping"), {"password": password})
        assert self.application.kept_codes.count() == 1
        elsewhere = Client()
        elsewhere.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        opened = elsewhere.post(self.at("application_code_password"), {"password": PASSWORD})
        assert opened.status_code == 302
        assert elsewhere.cookies[f"appel_seal_{self.application.reference}"].value == self.code

    def send(self, *, large: int = 1) -> None:
        """Send files, good ones and bad ones, small ones and one that may have two parts."""
        word = self.word.encode()
        for code, name, content in [
            ("A1", f"{self.word}.pdf", PDF + word * 50), ("A1", f"{self.word}.exe", b"MZ" + word),
            ("A1", f"large-{self.word}.pdf", PDF + word * large), ("B1", f"prix-{self.word}.pdf", PDF + word),
            ("A5", f"{self.word}.png", b"\x89PNG\r\n\x1a\n" + word), ("A5", f"{self.word}-void.pdf", b""),
        ]:  # fmt: skip
            sent = {"file": SimpleUploadedFile(name, content)}
            self.client.post(self.at("application_upload", code), sent, headers=SCRIPT)
        assert self.application.documents.count() == 4

    def send_part_by_part(self) -> None:
        """Send files as the page with script does: one that is taken out again, one that stays, one that breaks off."""
        whole = PDF + self.word.encode() * (PART // len(self.word) + 1)
        for name in ("goes", "stays"):
            for gone in self.application.documents.filter(requirement__code="A5", removed_at=None):
                assert self.client.post(self.at("application_file_removal", gone.file_id)).status_code == 302
            address = self.begun(f"{name}-{self.word}.pdf", whole, code="A5")
            send_all(self.client, address, whole, size=PART)
            assert attach(self.client, address).status_code == 200
        assert send_part(self.client, self.begun(f"{self.word}.pdf", whole), whole[:PART], offset=0).status_code == 204
        assert self.application.documents.filter(removed_at=None).count() == 4
        assert self.application.uploads.count() == 1

    def begun(self, name: str, content: bytes, *, code: str = "A1") -> str:
        """Have room made for a file, and return its address."""
        return begun(self.client, self.application, content, name, code=code)

    def submit(self) -> None:
        """Check, submit, and fetch the receipt in both forms."""
        self._log_in()
        assert self.word in self.client.get(self.at("application_check")).content.decode()
        done = self.client.post(self.at("application_submission"), {"key": uuid4().hex})
        assert done.status_code == 302, done.content.decode()
        assert self.word in self.client.get(done.url).content.decode()
        number = self.application.submissions.latest("id").receipt_number
        assert self.client.get(self.at("application_receipt_file", number)).content.startswith(b"PK")
        assert self.word in self.client.get(self.at("application_receipt_signed", number)).content.decode()
        outbox.deliver_waiting()


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> dict[str, Path]:
    """Log everything, and put what is temporary where it is found."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.DEBUG)
    return {"temporary": tmp_path}


def test_the_search_finds_what_is_hidden_in_bytes() -> None:
    word, found = "Kanari7b1c", spellings("Kanari7b1c")
    from base64 import b64encode

    hidden = [f"x{'y' * n}{word}zz".encode() for n in range(4)]
    for plain in hidden:
        assert found.search(plain)
        assert found.search(b64encode(plain))
        assert found.search(plain.hex().encode())
        assert found.search(plain.decode().encode("utf-16"))
    assert not found.search(b"Kanari7b1d" + b64encode(b"Kanari7b1d"))


def test_the_search_looks_into_every_store(watched: dict[str, Path], caplog: pytest.LogCaptureFixture) -> None:
    """Also into what the store deleted or wrote over, and into texts that the broker would pack."""
    word = f"Kanari{uuid4().hex[:10]}"
    watch = Watch(word, folders=watched, log=caplog)
    store, broker = storages["default"], redis.Redis.from_url(project.CELERY_BROKER_URL)
    for name, content in (("deleted", word), ("over", word), ("over", "other")):
        store.save(f"search/{name}-{word[6:]}", ContentFile(content.encode()))
    store.delete(f"search/deleted-{word[6:]}")
    broker.rpush(f"search-{word[6:]}", f"{'packed ' * 40}{word[:6]}{word}{'packed ' * 40}")
    logging.getLogger("search").debug(word)
    (watched["temporary"] / "left").write_text(word)
    mail.outbox.append(EmailMessage(subject=word))
    audit.record(None, word, actor=None, now=clock.now())

    found = watch.found()

    broker.delete(f"search-{word[6:]}")
    broker.close()
    assert {place.partition(" ")[0] for place in found} == {*KINDS, "temporary"}
    assert len([place for place in found if place.startswith("object search/")]) == 2


def test_a_word_that_applicants_wrote_is_nowhere_before_the_opening(
    watched: dict[str, Path], caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.DEBUG = False
    word = f"Kanari{uuid4().hex[:10]}"
    clock.set_to(BEFORE)
    world = staffed_call()
    watch = Watch(word, folders=watched, log=caplog)
    first, second = Writer(world, word, "Ana Writes"), Writer(world, word, "Ben Writes")
    for one in (first, second):
        one.write()
        one.send(large=600_000 if one is first else 2)
        one.send_part_by_part()
    first.keep()
    first.submit()
    first.client.post(first.at("application_document", "A5"), {"text": f"{word} again", "version": ""})
    clock.set_to(BEFORE + timedelta(minutes=5))
    first.submit()
    raw = unspelled(first.code)
    codes = [spellings(one.code.replace("-", "")) for one in (first, second)] + [spellings(first.code)]
    codes += [spellings(PASSWORD), spellings_of(raw), spellings_of(draft_key(first.code, application=first.reference))]
    clock.set_to(AFTER)
    second.submit()

    assert watch.found() == []
    assert min(watch.seen[kind] for kind in KINDS) > 0, watch.seen
    for code in codes:
        watch.word = code
        assert watch.found() == []

    watch.word = spellings(word)
    clock.set_to(OPENING)
    in_session(world, "chair", "v2")
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    found = watch.found()
    tables = {place for place in found if place.startswith("table ")}
    assert tables == {f"table {one._meta.db_table}" for one in (Document, Envelope)} | {"table procurement_submission"}
    assert not [place for place in found if place.startswith("object ")]  # the store keeps what is sealed
    opened = Envelope.objects.filter(opened_at__isnull=False)
    assert {one.application_id for one in opened} == {first.application.pk}  # the late one stays closed
    price = first.application.documents.get(requirement__code="B1")
    assert (price.name, price.file_key) == ("", None)

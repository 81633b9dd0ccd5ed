"""A price sealed in the applicant's browser: what is kept of it, and what may be submitted."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from procurement.actions.attach_document import attach_document
from procurement.actions.begin_upload import begin_upload
from procurement.actions.renew_access import renew_access
from procurement.actions.save_part import save_note, save_price
from procurement.actions.seal_in_browser import attach_sealed, choose_place, keep_sealed
from procurement.models import Application, Document, Envelope, Submission, Upload
from procurement.queries.receipts import stored_receipt
from procurement.queries.sealed_arrivals import FileTooLarge, IdTaken, receive_sealed
from procurement.queries.sealed_files import receive
from procurement.sealing.verify_receipt import Bad, verify
from tests.procurement.applying import AFTER, BEFORE, PDF, complete_application, open_call, person, submit
from tests.procurement.price_browser import PriceBrowser, offer
from tests.procurement.sealing.sealed import Holders
from workflow import clock, storage
from workflow.models import AuditEvent, StoredFile
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> User:
    clock.set_to(BEFORE)
    return person()


@pytest.fixture
def application(actor: User) -> Application:
    call = open_call()
    own = complete_application(call, actor)
    offer(call)
    own.call.refresh_from_db()
    return own


@pytest.fixture
def browser(application: Application, actor: User) -> PriceBrowser:
    return PriceBrowser(application, actor).begin()


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code)


def test_choosing_the_browser_empties_what_the_service_had(browser: PriceBrowser) -> None:
    row = Envelope.objects.get(application=browser.application, kind="financial", submission=None)
    files = Document.objects.filter(application=browser.application, requirement__code="B1", removed_at=None)

    assert row.sealed_in == "browser"
    assert [file.sealed_in for file in files] == ["browser"]
    assert (files[0].name, files[0].sha256, files[0].file_key, files[0].sealed) == ("", "", None, None)
    assert AuditEvent.objects.filter(act="choose_place").latest("id").details == {"sealed_in": "browser"}


def test_where_the_call_leaves_no_choice_there_is_none(application: Application, actor: User) -> None:
    for setting, place in (("server", "browser"), ("browser", "server")):
        offer(application.call, setting)
        with refused("BRO-06"):
            choose_place(application=application, place=place, actor=actor, now=BEFORE)
    choose_place(application=application, place="browser", actor=actor, now=BEFORE)  # begins anew


def test_the_service_takes_nothing_of_it_as_plain_text(browser: PriceBrowser, actor: User) -> None:
    own, asked = browser.application, browser.application.call.requirements.get(code="B1")
    with refused("BRO-04"):
        save_price(application=own, days=None, rate=None, expenses=None, actor=actor, now=BEFORE)
    with refused("BRO-04"):
        save_note(application=own, requirement=asked, text="x", actor=actor, now=BEFORE)
    with refused("BRO-04"):
        received = receive(own, asked, PDF, name="a.pdf")
        attach_document(application=own, requirement=asked, received=received, actor=actor, now=BEFORE)


def test_where_the_service_seals_it_keeps_no_foreign_ciphertext(application: Application, actor: User) -> None:
    asked = application.call.requirements.get(code="B1")
    stored = receive_sealed(BytesIO(b"x" * 99), file_id=uuid4())
    with refused("BRO-05"):
        keep_sealed(application=application, sealed=b"x", check="0" * 64, seen="", actor=actor, now=BEFORE)
    with refused("BRO-05"):
        attach_sealed(application=application, requirement=asked, stored=stored, actor=actor, now=BEFORE)


def test_another_window_another_code_and_too_much_overwrite_nothing(browser: PriceBrowser, actor: User) -> None:
    row = Envelope.objects.get(application=browser.application, kind="financial", submission=None)
    seen = hashlib.sha256(bytes(row.sealed or b"")).hexdigest()
    right = {"application": browser.application, "check": row.key_check, "seen": seen, "actor": actor, "now": BEFORE}
    for code, change in [
        ("SUB-08", {"seen": ""}),
        ("BRO-07", {"check": "0" * 64}),
        ("BRO-07", {"check": ""}),
        ("BRO-08", {"sealed": b"x" * 300_000}),
        ("SUB-03", {"now": AFTER}),
    ]:
        with refused(code):
            keep_sealed(**{"sealed": b"other", **right, **change})  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        keep_sealed(**{**right, "sealed": b"other", "actor": person("Eve Elsewhere")})  # type: ignore[arg-type]
    assert Envelope.objects.get(pk=row.pk).sealed == row.sealed


def test_a_file_is_stored_under_its_own_number_once_and_not_too_large(browser: PriceBrowser) -> None:
    taken = browser.application.documents.get(requirement__code="B1", removed_at=None).file
    with pytest.raises(IdTaken):
        receive_sealed(BytesIO(b"other"), file_id=taken.pk)
    with pytest.raises(FileTooLarge):
        receive_sealed(BytesIO(bytes(40 * 1024 * 1024)), file_id=uuid4())
    assert StoredFile.objects.get(pk=taken.pk).sha256 == taken.sha256


def test_only_so_many_files_answer_a_document(browser: PriceBrowser) -> None:
    browser.application.call.requirements.filter(code="B1").update(most_files=1)
    with refused("FIL-08"):
        browser.attach("B1", PDF)
    with pytest.raises(NotPermitted):
        browser.attach("A1", PDF)


def test_a_lost_access_code_empties_no_price_that_another_code_opens(browser: PriceBrowser, actor: User) -> None:
    before = Envelope.objects.get(application=browser.application, kind="financial", submission=None).sealed
    renew_access(application=browser.application, actor=actor, now=BEFORE)

    assert Envelope.objects.get(application=browser.application, kind="financial", submission=None).sealed == before
    left = browser.application.documents.filter(removed_at=None)
    assert [document.sealed_in for document in left] == ["browser"]


def test_it_is_submitted_as_it_was_sealed_and_the_receipt_says_so(browser: PriceBrowser, actor: User) -> None:
    prepared = browser.prepared()
    submission = submit(browser.application, actor, prepared=prepared)
    row = submission.envelopes.get(kind="financial")
    kept_receipt = stored_receipt(browser.application, submission)

    assert (row.header, bytes(row.sealed or b"")) == (prepared.header, prepared.body)
    assert [str(one.file_id) for one in row.documents.all()] == [file.id for file in browser.files]
    assert kept_receipt is not None
    told = kept_receipt.decode()
    proofs = browser.proofs(submission.receipt_number).decode()
    key = json.loads(told)["signature"]["key"]
    lines, ends = verify(told, keys=[key], files=[], proofs=[proofs])
    assert (lines[-1], ends) == ("The receipt is sound.", 0)
    assert any("Offre.pdf" in line for line in lines)
    assert "Offre.pdf" not in told
    for old, new in [('"salt": "', '"salt": "00'), (submission.receipt_number, "AR-0000"), ("appel-proofs", "other")]:
        with pytest.raises(Bad):
            verify(told, keys=[key], files=[], proofs=[proofs.replace(old, new, 1)])
    assert AuditEvent.objects.filter(act="submit").latest("id").details["price_sealed_in"] == "browser"
    assert submit(browser.application, actor, key=submission.idempotency_key, prepared=prepared) == submission


def test_what_does_not_fit_is_refused_and_nothing_is_submitted(browser: PriceBrowser, actor: User) -> None:
    good = browser.prepared()
    for code, prepared in [
        ("BRO-03", None),
        ("BRO-01", browser.prepared(version=2)),
        ("BRO-02", browser.prepared(roster=Holders(3, 2).roster)),
        ("BRO-02", type(good)(good.header, good.body + b"x")),
        ("BRO-02", type(good)({**good.header, "files": [{"id": "elsewhere"}]}, good.body)),
        ("BRO-02", type(good)({"version": 1, "files": 3}, b"")),
    ]:
        with refused(code):
            submit(browser.application, actor, prepared=prepared)
    assert not Submission.objects.filter(application=browser.application).exists()


def test_a_price_without_a_ciphertext_or_a_document_is_incomplete(application: Application, actor: User) -> None:
    choose_place(application=application, place="browser", actor=actor, now=BEFORE)
    browser = PriceBrowser(application, actor)
    with pytest.raises(Refused) as refusal:
        submit(application, actor, prepared=browser.prepared())
    assert refusal.value.reasons[0].values["parts"] == ("B1", "price")


def test_a_file_that_no_list_names_is_left_out(browser: PriceBrowser, actor: User) -> None:
    browser.attach("B1", b"cut off")
    browser.files.pop()
    submission = submit(browser.application, actor, prepared=browser.prepared())

    assert submission.envelopes.get(kind="financial").documents.count() == 1


class Twice(BytesIO):
    """Bytes that arrive while another request brings others under the same identifier."""

    def __init__(self, content: bytes, file_id: Any) -> None:
        super().__init__(content)
        self.file_id = file_id

    def read(self, size: int | None = -1, /) -> bytes:
        with pytest.raises(IdTaken):
            receive_sealed(BytesIO(b"others"), file_id=self.file_id)
        return super().read(size)


def test_two_requests_with_one_identifier_neither_overwrite_nor_delete(db: None) -> None:
    file_id = uuid4()
    stored = receive_sealed(Twice(b"the first", file_id), file_id=file_id)
    assert storage.read(stored) == b"the first"
    assert storage.read(StoredFile.objects.get(pk=file_id)) == b"the first"
    with pytest.raises(IdTaken):
        receive_sealed(BytesIO(b"later"), file_id=file_id)
    assert storage.read(stored) == b"the first"


def test_a_price_that_a_browser_seals_does_not_even_begin_to_arrive_in_plain(
    application: Application, actor: User
) -> None:
    own = Application.objects.select_related("call").get(pk=application.pk)
    own.access = application.access
    asked = {code: own.call.requirements.get(code=code) for code in ("A1", "B1")}

    def begin(code: str) -> Upload:
        return begin_upload(
            application=own, requirement=asked[code], name="p.pdf", length=len(PDF), actor=actor, now=BEFORE
        ).row

    begun = {code: begin(code).pk for code in asked}
    choose_place(application=own, place="browser", actor=actor, now=BEFORE)

    assert list(Upload.objects.values_list("pk", flat=True)) == [begun["A1"]]  # what had begun is forgotten
    with refused("BRO-04"):
        begin("B1")
    assert begin("A1")
    assert AuditEvent.objects.filter(act="begin_upload", outcome="refused", reasons=["BRO-04"]).count() == 1

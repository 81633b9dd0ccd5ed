"""A price sealed in the applicant's browser: what is kept of it, what may be submitted, what the opening finds."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.translation import override

from accounts.models import User
from procurement.actions.attach_document import attach_document
from procurement.actions.begin_upload import begin_upload
from procurement.actions.check_files import check_files
from procurement.actions.open_financial import open_financial
from procurement.actions.renew_access import renew_access
from procurement.actions.resupply import resupply_form, resupply_receipt, resupply_with_code
from procurement.actions.save_part import save_note, save_price
from procurement.actions.seal_in_browser import attach_sealed, choose_place, keep_sealed
from procurement.enums import EnvelopeKind
from procurement.models import Application, Call, Document, Envelope, PieceRelease, Submission, Upload
from procurement.queries.envelopes import open_document, prices_of
from procurement.queries.findings import words_for
from procurement.queries.papers.prices import price_lines
from procurement.queries.pieces import binding_of
from procurement.queries.prices import opened_prices
from procurement.queries.receipts import stored_receipt
from procurement.queries.resupply import missing_files, unreadable
from procurement.queries.roster import roster_of
from procurement.queries.sealed_arrivals import FileTooLarge, IdTaken, receive_sealed
from procurement.queries.sealed_files import receive
from procurement.sealing import Manifest, SealedFile, open_own_envelope, seal_envelope
from procurement.sealing.verify_receipt import Bad, verify
from tests.procurement.applying import AFTER, BEFORE, PDF, complete_application, open_call, person, submit
from tests.procurement.committees import World, in_session, kept, technically_signed_call
from tests.procurement.price_browser import PRICE, PriceBrowser, offer
from tests.procurement.sealing.sealed import Holders
from tests.procurement.web.visits import Visit
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


@pytest.fixture(scope="module")
def signed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        return technically_signed_call({"ana": 80, "ben": 80}, in_browser=("ana",))

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(signed: World, db: None) -> World:
    return signed.again()


def opened(world: World) -> Any:
    session = in_session(world, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
    call = open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now())
    check_files(session=session, after=0, now=clock.now())
    return call


def test_the_same_ceremony_opens_both(world: World) -> None:
    call = opened(world)
    ana, ben = (world.application(who) for who in ("ana", "ben"))
    prices = {one.application: one for one in opened_prices(call, [ana, ben], now=clock.now())}

    assert (prices[ana].total, prices[ana].difference, prices[ana].in_browser) == (prices[ben].total, 0, True)
    assert prices_of(call, now=clock.now())[ana.pk]["rate"] == PRICE["rate"]
    with override("en"):
        lines = price_lines(call, [ana, ben], now=clock.now())
    assert lines[ana.pk] == f"{lines[ben.pk]}; sealed in the applicant’s browser"
    document = Document.objects.get(application=ana, requirement__code="B1", removed_at=None)
    assert (document.name, document.media_type, document.fault) == ("Offre.pdf", "application/pdf", {})
    assert b"".join(open_document(document, actor=world["v1"], now=clock.now())).startswith(PDF)


def test_whatever_was_written_is_a_finding_and_stops_no_opening(world: World) -> None:
    row = Envelope.objects.get(application=world.applications["ana"], kind="financial", submission__isnull=False)
    document = Document.objects.get(envelopes=row)
    browser = PriceBrowser(world.application("ana"), world["ana"])
    browser.written = {"price": {"days": "2", "rate": "much\0", "total": "1000"}, "notes": ["x"], "more": {"a": [1]}}
    lying = {
        "id": str(document.file_id), "key": bytes(32), "salt": bytes(32), "code": "\0" + "B1" * 99, "findings": ("\0",),
        "name": "../\0" + "x" * 900, "media_type": "text/html" * 99, "size": 2**53 - 1, "sha256": "0" * 64, "parts": 1,
        "stored_sha256": document.file.sha256, "stored_size": document.file.size,
    }  # fmt: skip
    browser.files = [SealedFile(**lying)]  # type: ignore[arg-type]
    prepared = browser.prepared(version=1)
    with connection.cursor() as cursor:  # as if this had been submitted
        cursor.execute("SET LOCAL session_replication_role = replica")
        Envelope.objects.filter(pk=row.pk).update(header=prepared.header, sealed=prepared.body)
        cursor.execute("SET LOCAL session_replication_role = origin")
    call = opened(world)

    ana = world.application("ana")
    (price,) = opened_prices(call, [ana], now=clock.now())
    assert (price.total, price.rate, price.unreadable, price.as_written) == (1000, None, True, ("much",))
    with override("en"):
        assert "not a figure: “much”" in price_lines(call, [ana], now=clock.now())[ana.pk]
    document.refresh_from_db()
    assert (document.fault["step"], document.size) == ("part", document.file.size)


def test_a_file_that_would_have_been_refused_is_a_finding(world: World) -> None:
    document = Document.objects.get(application=world.applications["ana"], requirement__code="B1", removed_at=None)
    document.requirement.formats = ["docx"]
    document.requirement.save()
    opened(world)

    document.refresh_from_db()
    assert "FIL-07" in document.findings
    with override("en"):
        assert "is not in a format that was asked for" in words_for(document.findings)


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


def test_a_price_that_was_sealed_for_the_access_code_alone_opens_with_it_for_nobody(world: World) -> None:
    """Who sealed so would choose after the opening, with every other price known, whether the own one counts."""
    ana = world.application("ana")
    row = Envelope.objects.get(application=ana, kind="financial", submission__isnull=False)
    assert ana.access is not None
    sealed = seal_envelope(
        Manifest({"price": {"total": "1.00"}}), binding=binding_of(row), roster=roster_of(ana.call),
        lock_public=bytes(ana.call.lock_public or b""), own_key=ana.access.key, sealed_in="browser",
    )  # fmt: skip
    assert open_own_envelope(sealed.header, sealed.body, own_key=ana.access.key, binding=binding_of(row)).written
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Envelope.objects.filter(pk=row.pk).update(
            header=sealed.header, sealed=sealed.body, unreadable={"step": "pieces"}
        )
        Call.objects.filter(pk=ana.call_id).update(state="financial_opened")  # prices are given again until the ranking
        cursor.execute("SET LOCAL session_replication_role = origin")
    with refused("RSP-07"):
        resupply_with_code(application=ana, actor=world["ana"], now=clock.now())
    row.refresh_from_db()
    assert (row.opened_at, row.unreadable["step"]) == (None, "pieces")
    page = Visit(world["ana"], ana.call).client.get(f"/applications/{ana.reference}/resupply/").content.decode()
    assert "Open it with my code" not in page


@pytest.fixture
def unopened(world: World) -> World:
    """A second opening that could not open Ana's price: the pieces of one holder are wrong."""
    in_session(world, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
    row = Envelope.objects.get(application=world.applications["ana"], kind="financial", submission__isnull=False)
    for release in PieceRelease.objects.filter(envelope=row, holder__member=world.seat("v1")):
        release.pieces = {subset: b64encode(bytes(32)).decode() for subset in release.pieces}
        release.save()
    world.call = open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now(), partly=True)
    assert [one.pk for one in unreadable(world.application("ana"))] == [row.pk]
    return world


def test_a_price_that_does_not_open_stops_no_report(unopened: World) -> None:
    paper = unopened.call.papers.get(kind="financial_opening_report")
    remarks = json.dumps(paper.facts, ensure_ascii=False)
    assert "le pli ne s’est pas ouvert" in remarks
    assert "13 900,00" in remarks.replace("\xa0", " ").replace("\u202f", " ")


def test_no_file_of_the_applicant_opens_a_price_that_a_browser_sealed(unopened: World) -> None:
    ana = unopened.application("ana")
    receipt = stored_receipt(ana, ana.submissions.get())
    assert receipt is not None
    resupply_receipt(application=ana, receipt=receipt, actor=unopened["ana"], now=clock.now())
    proofs = unopened.browsers["ana"].proofs(ana.submissions.get().receipt_number)
    with refused("RSP-01"):
        resupply_form(application=ana, given=proofs, actor=unopened["ana"], now=clock.now())
    assert [one.salt for one in missing_files(ana)] == [""]  # nothing of it can be held to anything


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

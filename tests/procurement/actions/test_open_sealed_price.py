"""A price sealed in the applicant's browser: what the opening finds, and what stays closed."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from procurement.actions.check_files import check_files
from procurement.actions.open_financial import open_financial
from procurement.actions.resupply import resupply_form, resupply_receipt, resupply_with_code
from procurement.enums import EnvelopeKind
from procurement.models import Call, Document, Envelope, PieceRelease
from procurement.queries.envelopes import open_document, prices_of
from procurement.queries.findings import words_for
from procurement.queries.papers.prices import price_lines
from procurement.queries.pieces import binding_of
from procurement.queries.prices import opened_prices
from procurement.queries.receipts import stored_receipt
from procurement.queries.resupply import missing_files, unreadable
from procurement.queries.roster import roster_of
from procurement.sealing import Manifest, SealedFile, open_own_envelope, seal_envelope
from tests.procurement.applying import PDF
from tests.procurement.committees import World, in_session, kept
from tests.procurement.evaluations import technically_signed_call
from tests.procurement.price_browser import PRICE, PriceBrowser
from tests.procurement.web.visits import Visit
from workflow import clock
from workflow.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code)


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

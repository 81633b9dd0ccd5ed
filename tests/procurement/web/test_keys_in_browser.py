"""Keys in a real browser: one is made, printed and typed again; two holders release theirs, each in their own session."""

from __future__ import annotations

import zipfile
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from procurement.actions.open_technical import open_technical
from procurement.demo.codes import CODE, unlocked
from procurement.demo.keys import PASSPHRASE
from procurement.models import Call, CommitteeMember, Envelope, KeyHolder, PieceRelease
from procurement.models.working_copy import attached
from procurement.queries.receipts import stored_receipt
from procurement.queries.roster import name_of
from procurement.queries.sealed_files import plain_parts
from procurement.sealing.holders import open_private, recovery_sheet, seal_private
from tests.live_browser import accessibility_faults
from tests.procurement.committees import World, closed_call, in_session
from tests.procurement.drafts import office
from tests.procurement.keys import private_of
from tests.procurement.web.visits import session_cookie
from workflow import clock

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(browser: Any, user: Any, **how: Any) -> Page:
    page = browser.page(language="en", **how)
    page.context.add_cookies([{**session_cookie(user), "url": browser.address}])
    page.context.add_cookies([{"name": "language", "value": "en", "url": browser.address}])
    return page


def _is_the_sheet(saved: Path, sheet: str, *, holder: KeyHolder, world: World) -> None:
    """Word opens it: the letterhead, the lines in their order, the fingerprint, what to do; and no mark is left."""
    holder.refresh_from_db()
    document = Document(str(saved))
    assert [one.text for one in document.paragraphs if one.style.name == "Groups"] == sheet.split("\n")
    head = "\n".join(one.text for one in document.sections[0].first_page_header.paragraphs)
    body = "\n".join(one.text for one in document.paragraphs)
    facts = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert world.call.organisation.name in head
    assert world.call.reference in facts
    assert holder.fingerprint in body.replace(" ", "")
    assert "Recovery sheet of a key" in body
    assert "Then delete this file" in body
    assert "[[" not in body + facts
    with zipfile.ZipFile(saved) as package:
        assert package.testzip() is None


def test_a_key_is_made_printed_and_typed_again(live_browser: Any, tmp_path: Path) -> None:
    world = office("seated")
    holder = KeyHolder.objects.get(member__label="V1")
    KeyHolder.objects.filter(pk=holder.pk).update(
        public_key=None, fingerprint="", private_sealed={}, made_at=None, confirmed_at=None
    )
    CommitteeMember.objects.filter(pk=holder.member_id).update(accepted_at=None)
    page = page_of(live_browser, world.cast["V1"])
    page.goto(f"/calls/{world.call.reference}/keys/own/")
    assert accessibility_faults(page) == []
    expect(page.locator("#passphrase")).to_have_count(0)
    page.get_by_role("button", name="Accept my appointment").click()
    assert accessibility_faults(page) == []
    page.locator("#passphrase").fill("too short")
    page.get_by_role("button", name="Make my key").click()
    expect(page.locator("[data-wrong-line]")).to_contain_text("longer passphrase")
    page.locator("#passphrase").fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Make my key").click()
    lines = page.locator("[data-lines]")
    expect(lines).to_contain_text("-", timeout=60_000)
    sheet = lines.inner_text()
    assert accessibility_faults(page) == []
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a Word file").click()
    assert download.value.suggested_filename == f"recovery-sheet-{world.call.reference}.docx"
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    _is_the_sheet(saved, sheet, holder=holder, world=world)
    assert len([each for each in sent if each.startswith("http")]) == 1, sent  # the sheet without the key
    assert not [each for each in sent if any(line[:9] in each for line in sheet.split("\n"))]
    page.get_by_role("button", name="I have the sheet on paper").click()
    assert lines.inner_text() == ""
    page.locator("#typed").fill(sheet.replace(sheet[0], "Z" if sheet[0] != "Z" else "Y", 1))
    page.get_by_role("button", name="Confirm my key").click()
    expect(page.locator("[data-wrong-line]")).to_contain_text("Line 1")
    page.locator("#typed").fill(sheet.lower().replace("-", " "))
    page.get_by_role("button", name="Confirm my key").click()
    expect(page.locator("main")).to_contain_text("Your key is confirmed", timeout=30_000)
    holder.refresh_from_db()
    assert holder.confirmed_at is not None
    private = open_private(
        holder.private_sealed, passphrase=PASSPHRASE, call=world.call.reference, holder=name_of(holder)
    )  # fmt: skip
    assert recovery_sheet(private) == sheet


def lock_with_passphrase(world: World, who: str) -> None:
    """Put a holder's private half where their browser finds it."""
    holder = KeyHolder.objects.select_related("call").get(member=world.seat(who))
    sealed = seal_private(
        private_of(holder), passphrase=PASSPHRASE, call=holder.call.reference, holder=name_of(holder)
    )  # fmt: skip
    KeyHolder.objects.filter(pk=holder.pk).update(private_sealed=sealed)


def test_two_holders_open_the_envelopes_each_in_their_own_browser(live_browser: Any) -> None:
    world = closed_call(in_time=("ana", "ben"), late=("lou",))
    lock_with_passphrase(world, "chair")
    in_session(world, "observer")
    path = f"/calls/{world.call.reference}/opening/"
    sheet = recovery_sheet(private_of(KeyHolder.objects.get(member=world.seat("v2"))))
    waiting = page_of(live_browser, world["secretary"])
    waiting.goto(path)
    waiting.get_by_label("Remarks for the report").fill("The projector failed.")
    for who, typed in (("chair", PASSPHRASE), ("v2", sheet)):
        page = page_of(live_browser, world[who])
        page.goto(path)
        page.get_by_role("button", name="Confirm my presence").click()
        _release(page, typed, sheet=who == "v2")
        expect(page.locator("main")).to_contain_text("Your pieces are released.")
    assert PieceRelease.objects.count() == 4
    page = waiting  # what the others did came onto it by itself, and what was typed is still there
    expect(page.locator("main")).to_contain_text("Pieces released: by 2 key holders of 2", timeout=30_000)
    expect(page.get_by_label("Remarks for the report")).to_have_value("The projector failed.")
    page.get_by_role("button", name="Open the technical envelopes").click()
    expect(page.locator("main")).to_contain_text("0 of 2 files read whole")
    assert accessibility_faults(page) == []
    assert Call.objects.get(pk=world.call.pk).state == "opened"


def _release(page: Page, typed: str, *, sheet: bool) -> None:
    expect(page.get_by_role("heading", name="Release your pieces")).to_be_visible()
    assert accessibility_faults(page) == []
    page.locator("#own-passphrase").fill("not the passphrase of anybody")
    if sheet:
        page.get_by_text("I have the recovery sheet instead").click()
        page.locator("#own-sheet").fill(typed)
    else:
        page.get_by_role("button", name="Release my pieces").click()
        expect(page.locator("[data-wrong-line]")).to_contain_text("does not open the key", timeout=60_000)
        page.locator("#own-passphrase").fill(typed)
    page.get_by_role("button", name="Release my pieces").click()
    expect(page.get_by_role("heading", name="Release your pieces")).to_have_count(0, timeout=90_000)


def failed_opening() -> World:
    """Return a call whose session could not open the envelopes of two applicants: too many keys are lost."""
    world = closed_call(in_time=("ana", "ben"))
    in_session(world, "chair", "v1")
    for release in PieceRelease.objects.filter(holder__member=world.seat("v1")):
        release.pieces = {subset: b64encode(bytes(32)).decode() for subset in release.pieces}
        release.save()
    world.call = open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now(), partly=True)
    return world


def test_lost_keys_the_code_opens_and_files_are_given_again(live_browser: Any, tmp_path: Any) -> None:
    world = failed_opening()
    ana, ben = world.applications["ana"], world.applications["ben"]
    page = page_of(live_browser, world["ana"])
    page.context.add_cookies([{"name": f"appel_seal_{ana.reference}", "value": CODE, "url": live_browser.address}])
    page.goto(f"/applications/{ana.reference}/")
    page.get_by_role("link", name="See what did not open, and what you can do").click()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Open it with my code").click()
    expect(page.locator("main")).to_contain_text("Everything of your application is open now")

    own = unlocked(world.application("ben"))
    document = own.documents.get(requirement__envelope="technical")
    at_home = b"".join(plain_parts(document, key=attached(own, document).told.key))
    receipt = stored_receipt(own, own.submissions.get())
    assert receipt is not None
    (tmp_path / "receipt.json").write_bytes(receipt)
    (tmp_path / "letter.pdf").write_bytes(at_home)
    (tmp_path / "other.pdf").write_bytes(at_home + b" ")
    page = page_of(live_browser, world["ben"])
    page.goto(f"/applications/{ben.reference}/resupply/")
    page.locator("#receipt").set_input_files(str(tmp_path / "receipt.json"))
    page.get_by_role("button", name="Give the receipt").click()
    expect(page.locator("main")).to_contain_text("Files to give again")
    page.locator("input[name=file]").set_input_files(str(tmp_path / "other.pdf"))
    expect(page.locator("[data-upload-errors]")).to_contain_text("not the file that was sealed")
    page.locator("input[name=file]").set_input_files(str(tmp_path / "letter.pdf"))
    expect(page.locator("main")).to_contain_text("Everything of your application is open now")
    assert Envelope.objects.filter(kind="technical", submission__isnull=False, opened_at=None).count() == 0

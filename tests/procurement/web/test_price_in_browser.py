"""A price sealed in a real browser, submitted and opened; the server never gets what was typed, nor the code."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from procurement.actions.check_files import check_files
from procurement.actions.close_call import close_call
from procurement.actions.open_financial import open_financial
from procurement.demo.codes import CODE
from procurement.enums import EnvelopeKind
from procurement.models import Document, Envelope, Submission
from procurement.queries.prices import opened_prices
from procurement.sealing.verify_receipt import verify
from procurement.web.access import PREFIX
from tests.live_browser import accessibility_faults
from tests.procurement.applying import AFTER, BEFORE, PDF, complete_application, person
from tests.procurement.committees import OPENING, World, in_session, opened_from, staffed_call
from tests.procurement.evaluations import check_from, evaluation_from, signed_from
from tests.procurement.price_browser import offer
from tests.procurement.web.test_applying_in_browser import entered, pdf
from workflow import clock

pytestmark = pytest.mark.django_db(transaction=True)
NAME, RATE, NOTE = "Offre Zéphyr 7319.pdf", "347.19", "Remise comprise, 4711."
SHORTEST = 6  # bytes: less is found by chance in what is sealed


@pytest.fixture
def world(transactional_db: None) -> World:
    clock.set_to(BEFORE)
    world = staffed_call()
    offer(world.call)
    world.people["ana"] = person("Ana Applicant")
    world.applications["ana"] = complete_application(world.call, world["ana"])
    return world


class Wire:
    """Everything that a page sent, to look for what must not be there."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        self.sent.append(f"{request.method} {request.url}\n{headers}\n".encode() + (request.post_data_buffer or b""))

    def holds(self, text: str | bytes) -> bool:
        """Tell whether something was sent, as it is or in a spelling that hides it from the eye."""
        raw = text if isinstance(text, bytes) else text.encode()
        forms = [raw, raw.hex().encode(), raw.decode(errors="ignore").encode("utf-16-le")]
        forms += [base64.b64encode(b"x" * shift + raw)[4 * bool(shift) : -4] for shift in range(3) if len(raw) > 12]
        return any(form in one for one in self.sent for form in forms if len(form) >= SHORTEST)


def desk(live_browser: Any, world: World, **options: Any) -> Page:
    """Return a browser of ana in which her application was begun: it keeps the access code."""
    page: Page = entered(live_browser, world["ana"], **options)
    name = PREFIX + world.applications["ana"].reference
    page.context.add_cookies([{"name": name, "value": CODE, "url": live_browser.address}])
    return page


def begun(page: Page, home: str) -> str:
    """Choose the browser, make the second code, and return it."""
    page.goto(f"{home}price/")
    page.get_by_role("button", name="Seal it in my browser").click()
    page.get_by_role("button", name="Make the second code").click()
    expect(page.locator("[data-code]")).not_to_be_empty()
    code = page.locator("[data-code]").inner_text()
    page.get_by_role("button", name="I have noted it").click()
    page.get_by_label("Second code, as you noted it").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Go on").click()
    return code


def filled(page: Page, folder: Path) -> None:
    page.get_by_label("Days").fill("40")
    page.get_by_label("Daily rate").fill(RATE)
    page.get_by_label("Note to the committee").fill(NOTE)
    expect(page.locator("[data-total]")).to_have_text("€13,887.60")
    expect(page.locator("[data-sum]")).to_have_text("40 × €347.19 = €13,887.60")
    page.locator("input[type=file]").set_input_files(pdf(folder, NAME, PDF + b"%4711"))
    expect(page.locator("[data-files]")).to_contain_text(NAME)
    expect(page.locator("[data-saved-line]")).to_contain_text("was received, sealed")


def test_a_price_that_the_server_never_gets_is_opened_by_the_committee(
    live_browser: Any, world: World, tmp_path: Path
) -> None:
    page, home = (
        desk(live_browser, world, accept_downloads=True),
        f"/applications/{world.applications['ana'].reference}/",
    )
    wire = Wire(page)
    page.goto(f"{home}price/")  # the server has what was typed before the choice: another price, sealed by it
    code = begun(page, home)
    filled(page, tmp_path)
    page.reload()  # the tab keeps the code
    expect(page.get_by_label("Daily rate")).to_have_value(RATE)
    expect(page.get_by_label("Note to the committee")).to_have_value(NOTE)
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Save and go back").click()
    page.get_by_role("link", name="Check my answers").click()
    page.get_by_role("button", name="Submit my application").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application is submitted")
    expect(page.locator("[data-opened]")).to_contain_text("€13,887.60")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the proofs").click()
    proofs = Path(waiting.value.path()).read_text(encoding="utf-8")
    signed = page.request.get(f"{home}receipt/{Submission.objects.get().receipt_number}/receipt.json").text()
    lines, _ends = verify(signed, keys=[], files=[str(tmp_path / NAME)], proofs=[proofs])
    assert lines[-1] == "The receipt is sound."
    assert f"{tmp_path / NAME}: is B1, as it was sealed" in lines
    assert "  what was typed in the financial envelope is as it was sealed" in lines

    assert wire.holds("sealed_in")  # the wire was listened to
    for secret in (RATE, "13887.60", NOTE, NAME, code, code.replace("-", ""), PDF):
        assert not wire.holds(secret), secret
    assert NAME not in signed

    clock.set_to(AFTER + timedelta(minutes=5))
    world.call = close_call(call=world.fresh(), actor=None, now=clock.now())
    clock.set_to(OPENING + timedelta(minutes=10))
    signed_from(evaluation_from(check_from(opened_from(world))), {"ana": 80})
    session = in_session(world, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
    call = open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now())
    check_files(session=session, after=0, now=clock.now())
    (price,) = opened_prices(call, [world.application("ana")], now=clock.now())
    assert (str(price.rate), str(price.total), price.difference, price.in_browser) == (RATE, "13887.60", 0, True)
    document = Document.objects.get(requirement__code="B1", removed_at=None)
    assert (document.name, document.media_type, document.fault) == (NAME, "application/pdf", {})


def test_another_device_asks_for_the_code_and_another_window_overwrites_nothing(
    live_browser: Any, world: World, tmp_path: Path
) -> None:
    page, home = desk(live_browser, world), f"/applications/{world.applications['ana'].reference}/"
    code = begun(page, home)
    filled(page, tmp_path)
    other = desk(live_browser, world, phone=True)
    other.goto(f"{home}price/")
    other.get_by_role("textbox", name="Second code").fill("0000-" * 7 + "0000")
    other.get_by_role("button", name="Go on").click()
    expect(other.locator("[data-wrong-line]")).to_have_text("This is not the second code of this application.")
    other.get_by_role("textbox", name="Second code").fill(code.lower())
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_label("Daily rate")).to_have_value(RATE)
    assert accessibility_faults(other) == []
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.get_by_label("Days").fill("41")
    expect(other.locator("[data-saved-line]")).to_contain_text("Sealed and saved at")
    page.get_by_label("Days").fill("42")
    expect(page.locator("[data-saved-line]")).to_contain_text("changed in another window")
    page.reload()
    expect(page.get_by_label("Days")).to_have_value("41")
    expect(page.locator("[data-left-text]")).to_contain_text("42")
    page.get_by_label("Days").fill("forty")
    expect(page.locator("[data-fault-days]")).to_contain_text("Write an amount")


def test_the_second_code_is_typed_again_before_the_price_is_written(live_browser: Any, world: World) -> None:
    page, home = desk(live_browser, world), f"/applications/{world.applications['ana'].reference}/"
    page.goto(f"{home}price/")
    page.get_by_role("button", name="Seal it in my browser").click()
    page.get_by_role("button", name="Make the second code").click()
    expect(page.locator("[data-code]")).not_to_be_empty()
    code = page.locator("[data-code]").inner_text()
    page.get_by_role("button", name="I have noted it").click()
    again = page.get_by_label("Second code, as you noted it")
    expect(again).to_be_focused()
    expect(page.locator("[data-code]")).to_be_empty()
    assert code not in page.content()
    assert accessibility_faults(page) == []
    again.fill(code[:-1] + ("0" if code[-1] != "0" else "1"))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("[data-wrong-line]")).to_contain_text("not the second code that was shown")
    expect(page.get_by_label("Daily rate")).to_be_hidden()
    page.reload()  # whoever closes the page meanwhile is asked again
    expect(page.locator("[data-code]")).to_have_text(code)
    page.get_by_role("button", name="I have noted it").click()
    page.get_by_role("button", name="Show the code again").click()
    expect(page.locator("[data-code]")).to_have_text(code)
    page.get_by_role("button", name="I have noted it").click()
    again.fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Daily rate")).to_be_visible()
    page.get_by_role("button", name="Show the second code again").click()
    page.get_by_role("button", name="I have noted it").click()
    expect(page.get_by_label("Daily rate")).to_be_visible()  # once is enough


def test_without_scripts_the_page_says_so_and_the_service_seals(live_browser: Any, world: World) -> None:
    home = f"/applications/{world.applications['ana'].reference}/"
    page = desk(live_browser, world, javascript=False)
    page.goto(f"{home}price/")
    page.get_by_role("button", name="Seal it in my browser").click()
    expect(page.locator("[data-unable]")).to_contain_text("have the price sealed by the service as it arrives")
    page.locator("[data-unable]").get_by_role("button").click()
    expect(page.get_by_label("Daily rate")).to_be_visible()
    assert Envelope.objects.get(kind="financial", submission=None).sealed_in == "server"
    offer(world.call, "browser")
    page.goto(f"{home}price/")
    expect(page.locator("[data-unable]")).to_contain_text("this call takes prices sealed in the browser only")
    expect(page.locator("[data-unable]").get_by_role("button")).to_have_count(0)

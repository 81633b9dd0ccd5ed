"""Sending a large file in a real browser: progress, a pause, a lost line, a page that is loaded anew."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from procurement.demo.codes import CODE
from procurement.demo.codes import begin as begin_application
from procurement.models import Application, Call, Document, Upload
from procurement.web.access import PREFIX
from tests.live_browser import accessibility_faults
from tests.procurement.applying import AFTER, BEFORE, PDF, ask_to_complete, open_call, person, submitted
from tests.procurement.web.visits import session_cookie
from workflow import clock

pytestmark = pytest.mark.django_db(transaction=True)
PART = 8 * 1024 * 1024
BIG = PDF + b"%" + b"0123456789abcdef" * (PART // 8) + b"\n%%EOF\n"
SHOWN = "[data-upload-text]"
PATIENCE = 30_000  # milliseconds: three parts are sealed, stored, read back and looked into


@pytest.fixture
def draft(transactional_db: None) -> Application:
    clock.set_to(BEFORE)
    return begin_application(call=open_call(), actor=person(), now=BEFORE)


def entered(live_browser: Any, draft: Application, **options: Any) -> Page:
    page = live_browser.page(language="en", **options)
    cookies = [session_cookie(draft.user), {"name": PREFIX + draft.reference, "value": CODE}]
    page.context.add_cookies([{**one, "url": live_browser.address} for one in cookies])
    page.goto(f"/applications/{draft.reference}/documents/A1/")
    return page


def big(folder: Path, name: str = "offre.pdf") -> str:
    (folder / name).write_bytes(BIG)
    return str(folder / name)


class Line:
    """The line between a browser and the server, which a test can hold or cut for parts of files."""

    def __init__(self, page: Page, *, holds_after: int) -> None:
        self.sent, self.holds_after, self.held = 0, holds_after, None
        page.route("**/uploads/*/", self._pass)

    def _pass(self, route: Route) -> None:
        if route.request.method == "PATCH":
            self.sent += 1
            if self.sent > self.holds_after:
                self.held = route  # neither answered nor refused: a line that hangs
                return
        route.continue_()


def test_a_pause_and_going_on(live_browser: Any, draft: Application, tmp_path: Path) -> None:
    page = entered(live_browser, draft)
    line = Line(page, holds_after=1)
    page.locator("input[type=file]").set_input_files(big(tmp_path))
    expect(page.locator(SHOWN)).to_contain_text("Sending offre.pdf: 4")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(SHOWN)).to_contain_text("Paused.")
    assert accessibility_faults(page) == []
    line.holds_after = 99
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("“offre.pdf” was received.")).to_be_visible(timeout=PATIENCE)
    assert Document.objects.get().file.parts == 3
    assert not Upload.objects.exists()


def test_a_page_loaded_anew_goes_on_where_it_stopped(live_browser: Any, draft: Application, tmp_path: Path) -> None:
    page = entered(live_browser, draft)
    line, file = Line(page, holds_after=1), big(tmp_path)
    with page.expect_request(lambda request: request.headers.get("upload-offset") == str(PART)):
        page.locator("input[type=file]").set_input_files(file)
    page.reload()
    expect(page.get_by_text("“offre.pdf” is not whole: 49 % are here")).to_be_visible()
    line.sent, line.holds_after = 0, 99
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("“offre.pdf” was received.")).to_be_visible(timeout=PATIENCE)
    assert line.sent == 2  # the first part was not sent again


def test_a_refused_file_among_others_is_said_beside_those_received(
    live_browser: Any, draft: Application, tmp_path: Path
) -> None:
    (tmp_path / "wrong.pdf").write_bytes(b"MZ")
    (tmp_path / "right.pdf").write_bytes(PDF)
    page = entered(live_browser, draft)
    page.locator("input[type=file]").set_input_files([tmp_path / "wrong.pdf", tmp_path / "right.pdf"])
    expect(page.get_by_text("“right.pdf” was received.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-upload-errors]")).to_contain_text("“wrong.pdf” is none of the formats")


def test_one_can_stop_and_forget(live_browser: Any, draft: Application, tmp_path: Path) -> None:
    page = entered(live_browser, draft)
    Line(page, holds_after=1)
    page.locator("input[type=file]").set_input_files(big(tmp_path))
    expect(page.locator(SHOWN)).to_contain_text("Sending offre.pdf: 4")
    page.get_by_role("button", name="Stop and forget").click()
    expect(page.locator("input[type=file]")).to_be_visible()
    page.reload()
    expect(page.get_by_text("is not whole")).to_have_count(0)


def test_without_script_the_plain_form_does_it(live_browser: Any, draft: Application, tmp_path: Path) -> None:
    page = entered(live_browser, draft, javascript=False)
    page.locator("input[type=file]").set_input_files(big(tmp_path))
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_text("“offre.pdf” was received.")).to_be_visible(timeout=PATIENCE)


def test_what_answers_the_committee_goes_part_by_part_too(live_browser: Any, tmp_path: Path) -> None:
    sent = submitted(open_call(), person())
    Call.objects.filter(pk=sent.call_id).update(opened_at=AFTER)
    clock.set_to(AFTER + timedelta(hours=1))
    asked = ask_to_complete(Application.objects.get(pk=sent.pk), "A5", due=AFTER + timedelta(hours=48))
    page = live_browser.page(language="en", phone=True)
    page.context.add_cookies([{**session_cookie(sent.user), "url": live_browser.address}])
    page.goto(f"/applications/{sent.reference}/completion/")
    page.locator("input[type=file]").set_input_files(big(tmp_path, "declaration.pdf"))
    expect(page.get_by_text("“declaration.pdf” was received.")).to_be_visible(timeout=PATIENCE)
    assert accessibility_faults(page) == []
    assert Document.objects.get(completion=asked).file.parts == 3
    page.get_by_role("button", name="Send these documents to the committee").click()
    expect(page.locator("main")).to_contain_text("You sent your answer on")

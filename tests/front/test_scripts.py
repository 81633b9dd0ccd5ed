"""The small scripts: text is never lost, a second press does nothing, the clock is the server's."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

SAVED = "Saved at 12:03:41"


def draft(page: Page, site: str) -> None:
    page.goto(site)
    page.wait_for_load_state("networkidle")


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)


def line(page: Page):
    return page.locator("[data-saved-text]")


def kept(page: Page) -> str | None:
    return page.evaluate("localStorage.getItem('appel:lookbook')")


def test_what_is_written_is_saved_at_the_servers_time(page: Page, site: str) -> None:
    draft(page, site)
    write(page, "Three sources.")
    expect(line(page)).to_have_text(SAVED)
    assert kept(page) is None


def test_what_was_typed_before_the_script_came_is_saved(page: Page, site: str) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/autosave*.js", hold)
    page.goto(site, wait_until="commit")
    write(page, "Typed on a slow line.")
    waiting[0].continue_()
    expect(line(page)).to_have_text(SAVED)
    assert page.locator("#text").input_value() == "Typed on a slow line."
    assert kept(page) is None


def test_a_page_as_the_server_sent_it_saves_nothing(page: Page, site: str) -> None:
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.clock.install()
    draft(page, site)
    page.clock.run_for(5000)
    assert (posted, kept(page), line(page).inner_text()) == ([], None, "")


def test_without_connection_the_text_stays_here_and_is_saved_later(
    context: BrowserContext, page: Page, site: str
) -> None:
    draft(page, site)
    context.set_offline(True)
    write(page, "Three sources.")
    expect(line(page)).to_contain_text("Not saved: no connection")
    assert "Three sources." in (kept(page) or "")
    context.set_offline(False)
    expect(line(page)).to_have_text(SAVED)
    assert kept(page) is None


def test_after_the_session_ended_the_text_comes_back(page: Page, site: str) -> None:
    draft(page, site)
    write(page, "expire")
    expect(line(page)).to_contain_text("your session has ended")
    assert line(page).locator("a").get_attribute("href") == "/login/?next=%2F"
    page.reload()
    expect(page.locator("#text")).to_have_value("expire")


def test_a_refusal_is_said_in_its_sentence_and_the_text_stays(page: Page, site: str) -> None:
    draft(page, site)
    write(page, "close")
    expect(line(page)).to_have_text("Not saved. The deadline has passed: this was not saved.")
    assert page.locator("#text").input_value() == "close"
    assert "close" in (kept(page) or "")


def test_reasons_with_codes_are_said_in_their_sentences(page: Page, site: str) -> None:
    draft(page, site)
    write(page, "refuse")
    expect(line(page)).to_have_text("Not saved. The sheet is signed.")


def test_saved_with_faults_says_so(page: Page, site: str) -> None:
    draft(page, site)
    write(page, "short")
    expect(line(page)).to_have_text("Saved at 12:03:41; some fields still need attention.")


def test_what_has_a_fault_is_kept_until_it_is_in_order(page: Page, site: str) -> None:
    draft(page, site)
    write(page, "short")
    expect(line(page)).to_contain_text("some fields still need attention")
    assert "short" in (kept(page) or "")
    page.reload()
    expect(page.locator("#text")).to_have_value("short")
    write(page, "long enough")
    expect(line(page)).to_have_text(SAVED)
    assert kept(page) is None


def test_a_press_of_the_forms_own_button_waits_for_the_saving_and_is_the_last(page: Page, site: str) -> None:
    draft(page, site)
    seen: list[str] = []

    def press_meanwhile(route: Route) -> None:
        saving = "x-autosave" in route.request.headers
        seen.append("saving" if saving else "press")
        if saving:
            press(page)
        route.continue_()

    page.route("**/autosave/", press_meanwhile)
    page.on("response", lambda answer: seen.append("saved") if "x-autosave" in answer.request.headers else None)
    write(page, "Three sources.")
    page.wait_for_url("**/autosave/")
    assert seen == ["saving", "saved", "press"]


def test_after_a_press_what_the_server_shows_is_no_news_from_elsewhere(page: Page, site: str) -> None:
    draft(page, site)
    write(page, "Typed, and sent at once.")
    press(page)
    page.wait_for_url("**/autosave/")
    page.evaluate(
        "const copy = JSON.parse(localStorage.getItem('appel:lookbook'));"
        "copy.base = [['text', 'as it was before']]; localStorage.setItem('appel:lookbook', JSON.stringify(copy))"
    )
    draft(page, site)
    expect(line(page)).to_have_text("")
    assert kept(page) is None


def press(page: Page) -> None:
    page.evaluate("document.querySelector('form[data-autosave]').requestSubmit()")


def test_a_newer_text_from_elsewhere_is_not_overwritten(page: Page, site: str) -> None:
    draft(page, site)
    page.evaluate(
        "localStorage.setItem('appel:lookbook', JSON.stringify({values: [['text', 'mine']], base: [['text', 'older']]}))"
    )
    page.reload()
    expect(line(page)).to_contain_text("newer text was saved from elsewhere")
    assert page.locator("#text").input_value() == ""
    assert page.locator(".a-saved + textarea").input_value() == "mine"


def test_a_file_is_sent_when_chosen(page: Page, site: str, tmp_path: Path) -> None:
    file = tmp_path / "note.pdf"
    file.write_bytes(b"%PDF-1.7")
    draft(page, site)
    page.locator("#file-a3").set_input_files(file)
    page.wait_for_url("**/sent/")


def test_a_refused_file_says_why_beside_its_field(page: Page, site: str, tmp_path: Path) -> None:
    file = tmp_path / "empty.pdf"
    file.touch()
    draft(page, site)
    page.locator("#file-a3").set_input_files(file)
    expect(page.locator("[data-upload-errors]")).to_have_text("empty.pdf is empty.")
    expect(page.locator("#file-a3")).to_be_focused()


def test_a_lost_connection_says_that_the_file_is_not_here(
    context: BrowserContext, page: Page, site: str, tmp_path: Path
) -> None:
    file = tmp_path / "note.pdf"
    file.write_bytes(b"%PDF-1.7")
    draft(page, site)
    context.set_offline(True)
    page.locator("#file-a3").set_input_files(file)
    expect(page.locator("[data-upload-errors]")).to_contain_text("The connection was lost")


def test_a_double_press_sends_once(page: Page, site: str) -> None:
    draft(page, site)
    sent: list[str] = []
    page.route(
        "**/sent/", lambda route: (sent.append(route.request.method), page.wait_for_timeout(300), route.continue_())
    )
    page.get_by_role("button", name="Publish the call").dblclick()
    page.wait_for_url("**/sent/")
    assert sent == ["POST"]


def test_a_refused_act_sends_nothing(page: Page, site: str) -> None:
    draft(page, site)
    button = page.get_by_role("button", name="Open the technical envelopes")
    button.focus()
    page.keyboard.press("Enter")
    button.click(force=True)
    assert page.url == f"{site}/"
    expect(button).to_have_accessible_description(
        "Not possible yet: The opening is set for 10:00. A second key holder must be present."
    )


def test_the_countdown_follows_the_servers_clock(page: Page, site: str) -> None:
    page.clock.install(time="2031-01-01T00:00:00Z")  # a device that is wrong by years
    draft(page, site)
    expect(page.locator(".a-left").first).to_have_text("2\u00a0days 5\u00a0h 17\u00a0min left")
    page.clock.fast_forward("02:00:00")
    expect(page.locator(".a-left").first).to_have_text("2\u00a0days 3\u00a0h 17\u00a0min left")


def test_the_appearance_is_kept(page: Page, site: str) -> None:
    draft(page, site)
    assert page.locator("html").get_attribute("data-bs-theme") == "light"
    page.get_by_role("button", name="dark").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    expect(page.get_by_role("button", name="dark")).to_have_attribute("aria-pressed", "true")


def test_without_a_choice_the_device_decides(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site)
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_language_changes_and_one_stays_on_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/?message=1")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url == f"{site}/?message=1"


def test_keys_of_the_desk(page: Page, site: str) -> None:
    draft(page, f"{site}/desk/")
    page.keyboard.press("7")
    expect(page.locator("#c1")).to_have_value("7")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("8")
    expect(page.locator("#c2")).to_have_value("8")
    page.keyboard.press("m")
    page.keyboard.type("m? [9]")
    expect(page.locator("#m2")).to_have_value("m? [9]")
    page.keyboard.press("Escape")
    expect(page.locator("#c2")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("[data-key-list]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-key-list]")).to_be_hidden()
    page.keyboard.press("]")
    page.wait_for_url("**/desk/?doc=2")


def test_single_keys_can_be_switched_off(page: Page, site: str) -> None:
    draft(page, f"{site}/desk/")
    page.keyboard.press("?")
    page.get_by_label("Single keys are on").uncheck()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("7")
    expect(page.locator("#c1")).to_have_value("")

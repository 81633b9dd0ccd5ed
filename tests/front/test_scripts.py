"""The small scripts: files are sent, a second press does nothing, the clock is the server's, keys and appearance."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.front.drafts import draft


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

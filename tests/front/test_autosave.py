"""What is typed is never lost: saved at the server's time, kept without a connection, and not written over newer text."""

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.front.drafts import draft

SAVED = "Saved at 12:03:41"


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


def test_what_was_not_answered_is_sent_again_as_it_was_before_anything_newer(page: Page, site: str) -> None:
    draft(page, site)
    sent: list[str] = []

    def lose_the_first(route: Route) -> None:
        sent.append("second" if "second" in (route.request.post_data or "") else "first")
        route.abort() if len(sent) == 1 else route.continue_()

    page.route("**/autosave/", lose_the_first)
    write(page, "The first words.")
    expect(line(page)).to_contain_text("Not saved: no connection")
    with page.expect_response(lambda answer: "second" in (answer.request.post_data or "")):
        write(page, "The second words.")
    expect(line(page)).to_have_text(SAVED)
    assert (sent, kept(page)) == (["first", "first", "second"], None)


def test_a_press_sends_what_was_not_answered_first(page: Page, site: str) -> None:
    draft(page, site)
    seen: list[str] = []

    def lose_the_first(route: Route) -> None:
        seen.append("saving" if "x-autosave" in route.request.headers else "press")
        route.abort() if len(seen) == 1 else route.continue_()

    page.route("**/autosave/", lose_the_first)
    write(page, "Three sources.")
    expect(line(page)).to_contain_text("Not saved: no connection")
    press(page)
    page.wait_for_url("**/autosave/")
    assert seen == ["saving", "saving", "press"]


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

"""Everybody of a journey in their own browser: they log in through the form, click, and every page is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override
from playwright.sync_api import Page

from accounts.models import User
from procurement.demo.cast import PASSWORD, address_of, gather
from procurement.demo.files import make_pdf
from tests.live_browser import accessibility_faults
from workflow import clock, outbox
from workflow.models import OutboxMessage

MADRID = ZoneInfo("Europe/Madrid")
ENGLISH = {"authority", "auditor", "chair", "V1", "E2"}
HOME = "/desk/"


@dataclass
class Journey:
    """One call and all who meet it; what axe finds is collected and judged at the end."""

    browser: Any
    folder: Path
    reference: str = "UCLG-2020-MC2CM-004"
    pages: dict[str, Page] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)  # whose browser runs no script, ours included
    seen: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for who, user in gather().people.items():
            User.objects.filter(pk=user.pk).update(language=_language(who))

    def enter(self, who: str) -> Page:
        """Open a browser at the entrance and log somebody in."""
        self.arrive(who, "/accounts/login/")
        return self.log_in(who)

    def arrive(self, who: str, address: str = "/", **options: Any) -> Page:
        """Open a browser of somebody's own, where nobody is logged in."""
        self.pages[who] = self.browser.page(language=_language(who), **options)
        if not options.get("javascript", True):
            self.silent.add(who)
        self.pages[who].goto(address)
        return self.look(who)

    def log_in(self, who: str) -> Page:
        """Fill the entrance in, as the page shows it."""
        page = self.pages[who]
        page.locator("#id_login").fill(address_of(who))
        page.locator("#id_password").fill(PASSWORD)
        return self.press(who, "Log in")

    def as_(self, who: str) -> Page:
        """Return the page of a person, logged in now or earlier."""
        return self.pages[who] if who in self.pages else self.enter(who)

    def at(self, who: str, address: str = HOME) -> Page:
        """Send somebody to an address, as a bookmark or a mail would."""
        page = self.as_(who)
        page.goto(address)
        return self.look(who)

    def follow(self, who: str, link: str, /, **shown: str) -> Page:
        """Click a link of the page; `shown` fills what its words name."""
        return self._click(who, "link", words(who, link) % shown if shown else link)

    def press(self, who: str, act: str, /, **shown: str) -> Page:
        """Press a button that leads somewhere; `shown` fills what its words name."""
        return self._click(who, "button", words(who, act) % shown if shown else act)

    def begin(self, who: str, move: str) -> Page:
        """Go to the desk, find a move among what waits on this person, and follow it."""
        page = self.at(who, HOME)
        with page.expect_navigation():
            page.locator(".a-entries--move").get_by_role("link", name=words(who, move), exact=True).first.click()
        return self.look(who)

    def _click(self, who: str, role: Any, label: str) -> Page:
        page = self.as_(who)
        with page.expect_navigation():
            page.locator("main").get_by_role(role, name=words(who, label), exact=True).first.click()
        return self.look(who)

    def look(self, who: str) -> Page:
        """Judge the page: nothing for axe to say, nothing wider than the window; each kind of page once a window."""
        page = self.pages[who]
        place = (page.title(), str(page.viewport_size))
        if place in self.seen:
            return page
        self.seen.add(place)
        where = f"{who} at {page.url}: "
        if who not in self.silent:
            self.faults += [where + fault for fault in accessibility_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.faults.append(where + "wider than the window")
        return page

    def pdf(self, name: str, *words: str) -> str:
        """Return the path of a small real PDF."""
        path = self.folder / name
        path.write_bytes(make_pdf(title=name, paragraphs=list(words)))
        return str(path)


def words(who: str, text: str) -> str:
    """Return a label of the pages in the language that this person reads."""
    with override(_language(who)):
        return gettext(text)


def _language(who: str) -> str:
    return "en" if who in ENGLISH else "fr"


def at_hour(text: str) -> datetime:
    """Set the clock to an hour of the call's zone, and let it do what is due."""
    moment = datetime.fromisoformat(text).replace(tzinfo=MADRID)
    clock.set_to(moment)
    clock.tick()
    settle()
    return moment


def settle() -> None:
    """Let the world do what it was told: papers are written, mails leave."""
    outbox.deliver_waiting()
    waiting = OutboxMessage.objects.filter(done_at=None)
    assert not waiting.exists(), list(waiting.values_list("task", "last_error"))

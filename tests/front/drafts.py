"""The page of the lookbook on which scripts are tried."""

from playwright.sync_api import Page


def draft(page: Page, site: str) -> None:
    """Open it and wait until every script is there."""
    page.goto(site)
    page.wait_for_load_state("networkidle")

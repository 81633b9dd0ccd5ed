"""Two evaluators mark alone, the chair writes the consensus, the prices above the threshold are opened and ranked."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.procurement.web.journey.opening import release_pieces
from tests.procurement.web.journey.people import Journey, at_hour, settle, words

MARKS = {  # criterion C1 and C2 by V1 and V2: means of 82, 79 and 71 out of 100
    "V1": {"E1": ("49", "33"), "E2": ("47", "32"), "E3": ("43", "28")},
    "V2": {"E1": ("50", "32"), "E2": ("46", "33"), "E3": ("42", "29")},
}
AGREED = {"E1": ("49.5", "32.5"), "E2": ("46.5", "32.5"), "E3": ("42.5", "28.5")}
COMMENT = "Sources croisées, limites nommées."


def mark_alone(journey: Journey) -> None:
    """Each reads on one side and marks on the other; nobody sees the other’s marks until the last sheet is signed."""
    at_hour("2020-03-18T11:00")
    for who, sheets in MARKS.items():
        journey.begin(who, "Read and mark the applications")
        page = journey.follow(who, "Read and mark %(label)s", label="E1")
        for label, marks in sheets.items():
            expect(page.locator("h1")).to_contain_text(label)
            for code, mark in zip(("C1", "C2"), marks, strict=True):
                page.locator(f"#id_{code}").fill(mark)
                page.locator(f"#id_{code}-text").fill(COMMENT)
            expect(page.locator("[data-place=act] .btn-primary")).to_be_enabled()
            journey.press(who, "Sign my sheet on %(label)s", label=label)
    settle()


def write_the_consensus(journey: Journey) -> None:
    """The chair writes what the panel agrees on; the report is signed and the marks are settled."""
    journey.begin("chair", "Write and settle the consensus")
    for label, marks in AGREED.items():
        page = journey.follow("chair", label)
        for code, mark in zip(("C1", "C2"), marks, strict=True):
            page.locator(f"#id_{code}").fill(mark)
        expect(page.locator("[data-place=total]")).not_to_be_empty()
        journey.press("chair", "Settle the consensus on %(label)s", label=label)
        journey.begin("chair", "Write and settle the consensus" if label != "E3" else "Write the technical report")
    journey.press("chair", "Write the technical report")
    settle()
    for who in MARKS:
        journey.begin(who, "Sign the technical report")
        journey.press(who, "Sign the report")
    journey.begin("chair", "Settle the technical marks")
    journey.press("chair", "Settle the technical marks")
    settle()


def open_the_prices(journey: Journey) -> None:
    """Only the prices above the threshold are opened; the other stays sealed for ever."""
    at_hour("2020-03-23T14:00")
    journey.begin("secretary", "Start the opening session")
    journey.press("secretary", "Start the session")
    settle()
    for holder in ("chair", "V1"):
        journey.begin(holder, "Confirm your presence at the opening")
        journey.press(holder, "Confirm my presence")
        release_pieces(journey, holder)
    journey.begin("secretary", "Open the financial envelopes")
    journey.press("secretary", "Open the financial envelopes")
    settle()
    page = journey.follow("secretary", "See the prices")
    expect(page.locator("main")).to_contain_text("11\u202f800,00")
    expect(page.locator("main")).not_to_contain_text("12\u202f800,00")  # E3, below the threshold
    for who in ("chair", "secretary"):
        journey.begin(who, "Sign the financial opening report")
        journey.press(who, "Sign the report")


def rank(journey: Journey) -> None:
    """The order hangs on nine hundredths, and every figure opens down to the marks."""
    journey.begin("secretary", "Rank the applications")
    page = journey.press("secretary", "Rank the applications")
    for figure in ("97,07", "96,98"):
        expect(page.locator("main")).to_contain_text(figure)
    page.locator("#of-E1 summary").first.click()
    expect(page.locator("#of-E1")).to_contain_text(words("secretary", "technical score"))
    journey.look("secretary")

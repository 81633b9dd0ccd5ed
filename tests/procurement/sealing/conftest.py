"""A browser that has the scripts of sealing, under the content policy of the service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.procurement.sealing.counter import counter as server

START = """async (names) => {
  const modules = await Promise.all(names.map((name) => import(`/static/js/sealing/${name}.js`)));
  globalThis.sealing = Object.assign({}, ...modules);
  globalThis.content = (size, seed) => {
    const filled = new Uint8Array(size), row = Uint8Array.from({ length: 251 }, (_, at) => (at * 31 + seed) & 255);
    for (let at = 0; at < size; at += 251) filled.set(row.subarray(0, size - at), at);
    return filled;
  };
}"""
MODULES = ["bytes", "primitives", "context", "access", "files", "pieces", "envelope", "holders"]


@pytest.fixture(scope="module")
def counter() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Return the address of a small server and what lies there."""
    with server() as opened:
        yield opened


@pytest.fixture
def page(browser: Any, counter: tuple[str, dict[str, bytes]]) -> Iterator[Any]:
    """Return a page with the scripts of sealing in it; a fault in its console fails the test."""
    context = browser.new_context(base_url=counter[0])
    opened, faults = context.new_page(), []
    opened.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    opened.goto("/")
    opened.evaluate(START, MODULES)
    yield opened
    context.close()
    assert faults == []

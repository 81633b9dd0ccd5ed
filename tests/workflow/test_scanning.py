"""The virus scanner: what it says, and what is made of its silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from config.checks import the_scanner_is_near
from tests.scanner import CLAMD, EICAR, LIMIT, clamd, protocol_server, silent_server
from workflow import scanning

WAYS = {"clamd": clamd, "protocol": protocol_server}


@pytest.fixture(scope="module", params=WAYS)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "clamd" and not CLAMD:
        pytest.skip("no clamd: apt-get install clamav-daemon, to test against the real scanner")
    with WAYS[request.param](tmp_path_factory.mktemp("scanner"), ("Test.Eicar", EICAR)) as found:
        yield found


@pytest.fixture
def asked(settings: Any, address: str) -> None:
    settings.CLAMD_URL = address


def test_it_knows_what_it_knows(asked: None) -> None:
    assert scanning.scan([EICAR]) == "Test.Eicar.UNOFFICIAL"
    assert scanning.scan([EICAR[:30], EICAR[30:]]) == "Test.Eicar.UNOFFICIAL"
    assert scanning.scan([b"a letter"]) == ""
    assert scanning.scan([]) == ""


def test_more_than_it_takes_is_said(asked: None) -> None:
    with pytest.raises(scanning.TooLarge):
        scanning.scan(bytes(64 * 1024) for _ in range(2 * LIMIT // (64 * 1024)))


def test_one_that_is_not_there_is_away(settings: Any) -> None:
    for url in ("tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl", "tcp://192.0.2.1:3310"):
        settings.CLAMD_URL = url
        with pytest.raises(scanning.Away):
            scanning.scan([b"x"])


def test_one_that_never_answers_is_away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "SILENT_SECONDS", 0.2)
    with silent_server() as url:
        settings.CLAMD_URL = url
        with pytest.raises(scanning.Away):
            scanning.scan([b"x"])


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("", True), ("unix:///run/clamav/clamd.ctl", True), ("tcp://127.0.0.1:3310", True), ("tcp://[::1]:3310", True),
        ("tcp://localhost:3310", True), ("tcp://10.0.0.7:3310", False), ("tcp://scanner.example:3310", False),
    ],
)  # fmt: skip
def test_it_is_asked_on_this_machine_only(settings: Any, url: str, near: bool) -> None:
    settings.CLAMD_URL = url
    assert (the_scanner_is_near(None) == []) is near

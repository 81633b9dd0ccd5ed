"""The virus scanner beside the service: ClamAV's daemon, asked over INSTREAM, when CLAMD_URL names one.

What it sees is in plain, so it is asked on this machine only: over a socket of the file system, or over loopback.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import struct
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 64 * 1024
CONNECT_SECONDS, SILENT_SECONDS, MOST_SECONDS = 2, 20, 60
LONGEST_ANSWER = 4096
FOUND = re.compile(r"stream: (.{1,200}) FOUND")
UNFIT = re.compile(r"[^\w.+:-]")


class Away(Exception):
    """The scanner does not answer, or not in time: nothing is known of the file."""


class TooLarge(Exception):
    """The file is larger than the scanner takes (its StreamMaxLength): it was not looked at as a whole."""


def configured() -> bool:
    """Tell whether there is a scanner to ask."""
    return bool(settings.CLAMD_URL)


def is_near(url: str) -> bool:
    """Tell whether an address stays on this machine."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    return parts.hostname == "localhost"


def scan(pieces: Iterable[bytes]) -> str:
    """Return the name of what the scanner found in these bytes, empty for nothing; raises Away and TooLarge."""
    until = time.monotonic() + MOST_SECONDS
    try:
        with _connected() as line:
            answer = _asked(line, pieces, until=until)
    except OSError as error:
        raise Away(str(error)) from error
    if "size limit exceeded" in answer:
        raise TooLarge
    if found := FOUND.fullmatch(answer):
        return UNFIT.sub("-", found[1])
    if answer != "stream: OK":
        raise Away(answer)
    return ""


def _connected() -> socket.socket:
    parts = urlsplit(settings.CLAMD_URL)
    if not is_near(settings.CLAMD_URL):
        raise Away("CLAMD_URL leads to another machine")
    if parts.scheme == "unix":
        line = _at(parts.path)
    else:
        line = socket.create_connection((parts.hostname, parts.port or 3310), timeout=CONNECT_SECONDS)
    line.settimeout(SILENT_SECONDS)
    return line


def _at(path: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(CONNECT_SECONDS)
    try:
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _asked(line: socket.socket, pieces: Iterable[bytes], *, until: float) -> str:
    """Send the bytes in pieces, each with its length before it; the scanner may answer before the end and hang up."""
    try:
        line.sendall(b"zINSTREAM\0")
        for whole in pieces:
            for start in range(0, len(whole), PIECE):
                piece = whole[start : start + PIECE]
                line.sendall(struct.pack(">L", len(piece)) + piece)
                if time.monotonic() > until:
                    raise Away("too slow")
        line.sendall(struct.pack(">L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return _answer(line)  # it says why it hung up
    return _answer(line)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        came = line.recv(1024)
        if not came:
            break
        said += came
    return said.rstrip(b"\0\n").decode("utf-8", "replace")

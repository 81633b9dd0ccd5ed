"""A document store that is away, in every way a network knows: refusing, silent, hanging up, failing, slow, gone half way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config
from django.conf import settings as project

BUSY = b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
WAYS = ("refused", "silent", "reset", "failing", "slow", "half way")
A_SECOND = 1024  # bytes that a slow store takes


class Proxy:
    """Stands before the real store; lets `budget` bytes through, then everything breaks, until it is mended."""

    def __init__(self, way: str, *, budget: int = 0) -> None:
        self.way, self.budget = way, budget
        self.real = urlsplit(str(_options()["endpoint_url"]))
        self.server = socket.create_server(("127.0.0.1", 0))
        self.open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Return where the store seems to be."""
        return f"http://127.0.0.1:{self.server.getsockname()[1]}"

    def mend(self) -> None:
        """Let everything through from now on."""
        self.way, self.budget = "half way", 1 << 40

    def hang_up(self) -> None:
        """End the connections there are: who waits for an answer need not wait any more."""
        for one in list(self.open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self.server.accept()
                self.open.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        if self.way == "silent":
            return  # the connection stays open, nothing is ever said
        with suppress(OSError), client:
            while self.way == "slow" and client.recv(A_SECOND):
                threading.Event().wait(1)
            if self.way == "failing":
                client.recv(65536)
                client.sendall(BUSY)
            elif self.way == "half way" and self.budget > 0:
                self._pass_on(client)

    def _pass_on(self, client: socket.socket) -> None:
        with socket.create_connection((self.real.hostname or "", self.real.port or 80)) as store:
            back = threading.Thread(target=_copy, args=(store, client), daemon=True)
            back.start()
            with suppress(OSError):
                while (piece := client.recv(65536)) and self.budget > 0:
                    self.budget -= len(piece)
                    store.sendall(piece)
            if self.budget <= 0:
                client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End every connection."""
        for one in [self.server, *self.open]:
            with suppress(OSError):
                one.close()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)


def _options() -> dict[str, Any]:
    return dict(project.STORAGES["default"]["OPTIONS"])


@contextmanager
def store_away(settings: Any, way: str, *, budget: int = 0) -> Iterator[Proxy]:
    """Put a store that is away in the place of the real one; the proxy can mend it."""
    proxy = Proxy("half way" if way == "refused" else way, budget=budget)
    usual = settings.STORAGES
    quick = Config(connect_timeout=0.5, read_timeout=0.5, retries={"mode": "standard", "total_max_attempts": 2})
    options = _options()
    options |= {
        "endpoint_url": "http://127.0.0.1:9" if way == "refused" else proxy.address,
        "client_config": options["client_config"].merge(quick),
    }
    away = {**usual["default"], "OPTIONS": options}
    settings.STORAGES = {**usual, "default": away, "impatient": away}
    try:
        yield proxy
    finally:
        settings.STORAGES = usual
        proxy.close()

"""A mail server that lets a worker wait, so that a test can end the worker in the middle of a mail."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from email import message_from_bytes


class HangingMailServer:
    """An SMTP server that says nothing at first; mended, it takes what comes."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.silent, self.calls = True, 0
        self.taken: list[bytes] = []
        self.held: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Return where it is, as EMAIL_URL says it."""
        return f"smtp://127.0.0.1:{self.server.getsockname()[1]}"

    def recipients(self) -> list[str]:
        """Return to whom the mails go that it has taken."""
        return [str(message_from_bytes(text)["To"]) for text in self.taken]

    def mend(self) -> None:
        """Hang up on who waits, and take what comes from now on."""
        self.silent = False
        for one in list(self.held):
            with suppress(OSError):  # who waited there may be dead
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self.server.accept()
                self.calls += 1
                self.held.append(client)
                if not self.silent:
                    threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, client.makefile("rwb", buffering=0) as line:
            line.write(b"220 here\r\n")
            while words := line.readline():
                if words.upper().startswith(b"DATA"):
                    line.write(b"354 go on\r\n")
                    text = b""
                    while (piece := line.readline()) and piece != b".\r\n":
                        text += piece
                    self.taken.append(text)
                line.write(b"221 bye\r\n" if words.upper().startswith(b"QUIT") else b"250 good\r\n")

    def close(self) -> None:
        """End every connection."""
        for one in [self.server, *self.held]:
            one.close()

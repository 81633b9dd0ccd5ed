"""A small server on loopback: the scripts as the service sends them, under its content policy, and bytes that come and go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


@contextmanager
def counter() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield the address, and what lies there by path: a page reads it and puts more."""
    lies: dict[str, bytes] = {}

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.removeprefix("/static/")
            script = (STATIC / path).read_bytes() if path != self.path and (STATIC / path).is_file() else None
            self._send(script or lies.get(self.path, b"<!doctype html>"), "text/javascript" if script else "text/html")

        def do_PUT(self) -> None:
            lies[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
            self._send(b"", "text/plain")

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            for name, value in (
                ("Content-Type", kind),
                ("Content-Security-Policy", POLICY),
                ("Content-Length", len(body)),
            ):
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", lies
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

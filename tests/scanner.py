"""A virus scanner for the tests: ClamAV's own daemon with a database of two signatures, or a server of its protocol."""

from __future__ import annotations

import hashlib
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.local import ports
from tests.patience import until

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 1024 * 1024  # bytes, StreamMaxLength
CLAMD = shutil.which("clamd") or ("/usr/sbin/clamd" if Path("/usr/sbin/clamd").exists() else "")


@contextmanager
def clamd(folder: Path, *known: tuple[str, bytes]) -> Iterator[str]:
    """Run the real daemon on loopback, knowing these files by their digest; yield its address."""
    signatures = folder / "db" / "test.hdb"
    signatures.parent.mkdir(parents=True)
    lines = [f"{hashlib.md5(content).hexdigest()}:{len(content)}:{name}" for name, content in known]
    signatures.write_text("\n".join(lines) + "\n")
    port = ports.any_free()
    written = folder / "clamd.conf"
    written.write_text(
        f"DatabaseDirectory {signatures.parent}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\n"
        f"StreamMaxLength {LIMIT}\nTemporaryDirectory {folder}\nLogFile {folder}/clamd.log\n"
    )
    process = subprocess.Popen(
        [CLAMD, "--config-file", str(written)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: ports.answers(port) or process.poll() is not None, within=60)
        assert process.poll() is None, (folder / "clamd.log").read_text()
        yield f"tcp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


class _Protocol(socketserver.StreamRequestHandler):
    """INSTREAM as the daemon speaks it: pieces with their length before them, an answer that ends with a zero byte."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        seen = b""
        while length := struct.unpack(">L", self.rfile.read(4))[0]:
            seen += self.rfile.read(length)
            if len(seen) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        known: dict[bytes, str] = self.server.known  # type: ignore[attr-defined]
        name = known.get(seen)
        self.wfile.write(f"stream: {name}.UNOFFICIAL FOUND\0".encode() if name else b"stream: OK\0")


@contextmanager
def protocol_server(_folder: Path, *known: tuple[str, bytes]) -> Iterator[str]:
    """Run a server of the protocol that knows these files; yield its address."""

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

    with Server(("127.0.0.1", 0), _Protocol) as server:
        server.known = {content: name for name, content in known}  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(10)


@contextmanager
def silent_server() -> Iterator[str]:
    """Run a server that takes everything and never answers; yield its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"


def scanner(folder: Path, *known: tuple[str, bytes]) -> Any:
    """Return the real daemon where there is one, else the server of its protocol."""
    return (clamd if CLAMD else protocol_server)(folder, *known)

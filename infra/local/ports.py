"""Ports on loopback: the one used last time, else the usual one, else any free one."""

from __future__ import annotations

import json
import socket
from pathlib import Path

HOST = "127.0.0.1"
USUAL = {"web": 8000, "postgres": 5432, "valkey": 6379, "objects": 9000, "lock": 8100}


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port of the loopback now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_free() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def choose(name: str, *, remembered: Path) -> int:
    """Return the port for this server and write it down, so that the next start has the same address."""
    known: dict[str, int] = json.loads(remembered.read_text()) if remembered.exists() else {}
    wanted = [known[name]] if name in known else []
    wanted += [USUAL[name], USUAL[name] + 1]
    port = next((port for port in wanted if is_free(port)), None) or any_free()
    remembered.write_text(json.dumps({**known, name: port}, indent=1))
    return port


def answers(port: int) -> bool:
    """Tell whether something accepts connections on this port of the loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0

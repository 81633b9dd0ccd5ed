"""A PostgreSQL server of one test, that it may stop, fill and restore; with the product's web server before it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local import children, ports, postgres


@dataclass
class OwnDatabase:
    """The server, its address, and the ways to end it."""

    folder: Path
    port: int
    password: str
    child: children.Child
    name: str = postgres.ROLE

    @classmethod
    def begun(cls, folder: Path) -> OwnDatabase:
        """Start a server that survives a crash, with the tables of the product."""
        port, password = ports.any_free(), secrets.token_hex(8)
        folder.mkdir(exist_ok=True)
        child = postgres.start(folder=folder, port=port, password=password)
        made = cls(folder, port, password, child)
        postgres.ensure_database(made.url)
        made.manage("migrate", "--verbosity", "0")
        return made

    def copied(self, folder: Path) -> OwnDatabase:
        """Start another server with what this one holds, which has ended."""
        shutil.copytree(self.folder / "pg", folder / "pg")
        made = OwnDatabase(folder, ports.any_free(), self.password, self.child)
        made.start_again()
        return made

    @property
    def url(self) -> str:
        """Return its address."""
        return postgres.url(port=self.port, password=self.password, name=self.name)

    @property
    def environment(self) -> dict[str, str]:
        """Return what a program of the product needs to use it."""
        documents = self.folder / "documents"
        documents.mkdir(exist_ok=True)
        return {"DATABASE_URL": self.url, "STORAGE_URL": f"file://{documents}"}

    def stop_at_once(self) -> None:
        """Stop it as a power cut would: nothing is written any more."""
        self.child.popen.send_signal(signal.SIGQUIT)
        self.child.popen.wait(60)

    def start_again(self) -> None:
        """Start it on what it had written; it recovers by itself."""
        self.child.mark.unlink(missing_ok=True)
        self.child = postgres.start(folder=self.folder, port=self.port, password=self.password)

    def end(self) -> None:
        """Stop it for good."""
        if self.child.popen.poll() is None:
            self.stop_at_once()

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product."""
        return self._run([sys.executable, "manage.py", *command])

    def town(self, *act: str) -> Any:
        """Do something in the town and return what it tells."""
        done = self._run([sys.executable, "-m", "tests.faults.town", *act])
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    def tool(self, name: str, *arguments: str) -> None:
        """Run a program of PostgreSQL."""
        address = ["--host", ports.HOST, "--port", str(self.port), "--username", postgres.ROLE]
        done = self._run([str(postgres.binaries() / name), *address, *arguments])
        assert done.returncode == 0, done.stderr[-2000:]

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **self.environment, "PGPASSWORD": self.password}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)

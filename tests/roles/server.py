"""A PostgreSQL server of one test whose roles are made as an installation makes them: by infra/postgres/roles.sh."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from infra.local import children, places, ports, postgres

SUPERUSER = "postgres"
ROLES = (SUPERUSER, "appel_owner", "appel", "appel_lock", "appel_backup")


@dataclass
class ServerWithRoles:
    """The server, and the files with the password of each role."""

    folder: Path
    port: int
    child: children.Child

    @classmethod
    def begun(cls, folder: Path) -> ServerWithRoles:
        """Start a server with an empty database, and with a superuser that is none of the product's roles."""
        port, first = ports.any_free(), secrets.token_hex(8)
        made = cls(folder, port, postgres.start(folder=folder, port=port, password=first, fast=True))
        made.secrets.mkdir()
        for role in ROLES:
            made.word(role).write_text(f"{secrets.token_urlsafe(8)} '\"$@:/\n")  # no password is too strange
        postgres.ensure_database(postgres.url(port=port, password=first))
        with psycopg.connect(postgres.url(port=port, password=first), autocommit=True) as connection:
            word = sql.Literal(made.password(SUPERUSER))
            connection.execute(sql.SQL("CREATE ROLE postgres SUPERUSER LOGIN PASSWORD {}").format(word))
        with made.connected(SUPERUSER) as connection:  # the server of tests is made by a role of the product's name
            connection.execute(f"ALTER ROLE {postgres.ROLE} RENAME TO first")
        return made

    @property
    def secrets(self) -> Path:
        """Return the folder with the passwords."""
        return self.folder / "secrets"

    def word(self, role: str) -> Path:
        """Return the file with the password of a role."""
        return self.secrets / role

    def password(self, role: str) -> str:
        """Return the password of a role, as programs read it."""
        return self.word(role).read_text().strip()

    def connected(self, role: str) -> psycopg.Connection[Any]:
        """Connect as a role."""
        return psycopg.connect(self.address(role), password=self.password(role), autocommit=True)

    def address(self, role: str) -> str:
        """Return the address of the database for a role, without its password."""
        return f"postgresql://{quote(role)}@{ports.HOST}:{self.port}/{postgres.ROLE}"

    def roles(self) -> subprocess.CompletedProcess[str]:
        """Run roles.sh."""
        return subprocess.run(
            ["sh", str(places.ROOT / "infra" / "postgres" / "roles.sh")],
            env={
                "PATH": f"{postgres.binaries()}:{os.environ['PATH']}", "SECRETS": str(self.secrets),
                "PGHOST": ports.HOST, "PGPORT": str(self.port), "PGUSER": SUPERUSER, "PGDATABASE": postgres.ROLE,
            },
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def environment(self, role: str) -> dict[str, str]:
        """Return what a program of the product needs to be connected as a role."""
        documents = self.folder / "documents"
        documents.mkdir(exist_ok=True)
        given = {"DATABASE_URL": self.address(role), "DATABASE_PASSWORD_FILE": str(self.word(role))}
        return {**os.environ, **given, "STORAGE_URL": f"file://{documents}"}

    def run(self, role: str, *command: str, **variables: str) -> str:
        """Run a program of the product as a role; it must end well."""
        done = subprocess.run(
            [sys.executable, *command], env=self.environment(role) | variables, capture_output=True, text=True,
            check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def play(self, role: str, act: str, **variables: str) -> Any:
        """Do something of tests/roles/play.py as a role and return what it tells."""
        return json.loads(self.run(role, "-m", "tests.roles.play", act, **variables).strip().splitlines()[-1])

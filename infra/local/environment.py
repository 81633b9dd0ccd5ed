"""The variables that the product reads, as the local stack sets them; whatever the caller has set stays."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from . import places, secret, venv

SERVERS = ("DATABASE_URL", "BROKER_URL", "STORAGE_URL")


def is_given(name: str, given: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the caller named a real server, by value or by file."""
    return bool(given.get(name) or given.get(f"{name}_FILE"))


def settings(*, folder: Path, web_port: int, lock_port: int) -> dict[str, str]:
    """Return everything but the servers' addresses: a demonstration on loopback, unless the database is a real one."""
    return {
        "SECRET_KEY": secret.kept("django", folder=folder),
        "ENCRYPTION_KEYS": secret.kept("encryption", folder=folder),
        "SIGNING_KEY": secret.kept("signing", folder=folder),
        "LOCK_URL": f"http://127.0.0.1:{lock_port}",
        "LOCK_TOKEN": secret.kept("lock-token", folder=folder),
        "DEMO": "0" if is_given("DATABASE_URL") else "1",
        "SITE_URL": f"http://localhost:{web_port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "EMAIL_URL": file_address(folder / "mail"),
        "STATIC_ROOT": str(folder / "static"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def complete(local: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of a program of the product: ours, then the caller's on top."""
    given = {name: value for name, value in os.environ.items() if value or name not in local}
    given.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # a dozen programs start here: they need not compile everything each time
    path = f"{venv.python().parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**local, **given, "PATH": path, "VIRTUAL_ENV": str(places.VENV), "PYTHONUNBUFFERED": "1"}


def file_address(place: Path) -> str:
    """Return a folder as an address, as EMAIL_URL and STORAGE_URL want it."""
    place.mkdir(parents=True, exist_ok=True)
    return f"file://{quote(str(place))}"


def apart(environment: Mapping[str, str], *, name: str, number: int) -> dict[str, str]:
    """Return the same servers with a database, a bucket and a broker number of one's own.

    The name is appended to those of the environment: `appel` becomes `appel_demo` and the bucket `appel-demo`.
    """
    database, storage, broker = (
        urlsplit(environment[server]) for server in ("DATABASE_URL", "STORAGE_URL", "BROKER_URL")
    )
    bucket = f"{storage.path.rstrip('/')}-{name.replace('_', '-')}"
    return {
        **environment,
        "DATABASE_URL": database._replace(path=f"{database.path}_{name.replace('-', '_')}").geturl(),
        "STORAGE_URL": storage._replace(path=bucket).geturl(),
        "BROKER_URL": broker._replace(path=f"/{number}").geturl(),
    }

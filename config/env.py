"""Typed reading of the environment: NAME, or NAME_FILE naming a file that holds the value."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import ParseResult, parse_qs, unquote, urlparse

from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
PATIENCE = (  # of the database, in seconds; nought: for ever
    ("idle_in_transaction_session_timeout", "DATABASE_IDLE_SECONDS", 30),  # it would keep the log from being sealed
    ("lock_timeout", "DATABASE_LOCK_SECONDS", 0),
    ("statement_timeout", "DATABASE_STATEMENT_SECONDS", 0),
)


def text(name: str, default: str | None = None) -> str:
    """Return the value of a variable; refuse with a sentence when it is missing and has no default."""
    if path := os.environ.get(f"{name}_FILE"):
        return _from_file(name, path)
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"The variable {name} is not set: see .env.example for what it holds.")
    return value


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable; refuse any other word."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”; write 1 or 0.")


def number(name: str, default: int) -> int:
    """Return a whole number; refuse anything else."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is “{value}”; write a whole number.") from error


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def numbers(name: str, default: tuple[int, ...]) -> tuple[int, ...]:
    """Return a comma-separated list of whole numbers; an empty value is the default, “none” an empty list."""
    written = words(name)
    if written == ["none"]:
        return ()
    if not all(each.isdecimal() for each in written):
        raise ImproperlyConfigured(f"{name} is “{','.join(written)}”; write whole numbers, or “none”.")
    return tuple(int(each) for each in written) or default


def url(name: str, schemes: set[str], default: str | None = None) -> ParseResult:
    """Return a parsed address whose scheme is one of those allowed."""
    value = text(name, default)
    parsed = urlparse(value)
    if parsed.scheme not in schemes:
        allowed = ", ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise ImproperlyConfigured(f"{name} must begin with one of {allowed}.")
    return parsed


def query(parsed: ParseResult) -> dict[str, str]:
    """Return the options after the question mark, one value each."""
    return {key: values[-1] for key, values in parse_qs(parsed.query).items()}


def decoded(part: str | None) -> str:
    """Return a user name or password as it was before it was put in an address."""
    return unquote(part or "")


def database(name: str = "DATABASE_URL") -> dict[str, object]:
    """Return Django's description of the PostgreSQL database; no other engine is accepted.

    A password that must not stand in the address is DATABASE_PASSWORD, or in the file that DATABASE_PASSWORD_FILE names.
    """
    parsed = url(name, {"postgres", "postgresql"})
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": decoded(parsed.path.lstrip("/")),
        "USER": decoded(parsed.username),
        "PASSWORD": decoded(parsed.password) or text(name.replace("_URL", "_PASSWORD"), ""),
        "HOST": parsed.hostname or query(parsed).get("host", ""),
        "PORT": str(parsed.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 3,
            "pool": {
                "min_size": 1,
                "max_size": number("DATABASE_POOL", 8),
                "timeout": number("DATABASE_WAIT_SECONDS", 20),
                # Give up and begin anew: else the pauses grow with the outage, and go on when the database is back.
                "reconnect_timeout": 5,
            },
            "options": " ".join(f"-c {name}={number(variable, usual)}s" for name, variable, usual in PATIENCE),
        },
    }


def cache(name: str = "CACHE_URL", *, prefix: str) -> dict[str, object]:
    """Return Django's description of the shared counts; without an address of their own they are kept by the broker."""
    address = url(name, {"redis", "rediss"}, default=text("BROKER_URL")).geturl()
    return {
        "BACKEND": "config.counters.SharedCache",
        "LOCATION": address,
        "KEY_PREFIX": prefix,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }


def storage(name: str = "STORAGE_URL", *, impatient: bool = False) -> dict[str, object]:
    """Return Django's description of the document store: s3://key:secret@host/bucket or file:///folder.

    A store that does not answer within `?timeout=` seconds is asked once more, then it is away; to an impatient one within
    a second, and it is not asked again.
    """
    parsed = url(name, {"s3", "file"})
    if parsed.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": decoded(parsed.path), "base_url": None, "allow_overwrite": True},
        }
    options = query(parsed)
    host = parsed.hostname or ""
    port = f":{parsed.port}" if parsed.port else ""
    return {
        "BACKEND": "workflow.object_store.ObjectStore",
        "OPTIONS": {
            "access_key": decoded(parsed.username),
            "secret_key": decoded(parsed.password),
            "bucket_name": parsed.path.strip("/"),
            "endpoint_url": f"{options.get('scheme', 'https')}://{host}{port}",
            "region_name": options.get("region", "us-east-1"),
            "client_config": Config(
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                connect_timeout=1 if impatient else 3,
                read_timeout=1.0 if impatient else float(options.get("timeout", "10")),
                retries={"mode": "standard", "total_max_attempts": 1 if impatient else 2},
            ),
            "default_acl": None,
            "file_overwrite": True,
            "querystring_auth": True,
        },
    }


def lock(name: str = "LOCK_URL") -> str:
    """Return the address of the server lock, `inside:` for tests; empty where nothing is sealed or opened."""
    if not (value := text(name, "")):
        return ""
    url(name, {"http", "https", "inside"})
    return value


def mail(name: str = "EMAIL_URL") -> dict[str, object]:
    """Return the mail settings: smtp://, smtps://, file:///folder or console:."""
    parsed = url(name, {"smtp", "smtps", "file", "console"})
    backend = {"file": "filebased", "console": "console"}.get(parsed.scheme, "smtp")
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend",
        "EMAIL_FILE_PATH": decoded(parsed.path) if backend == "filebased" else None,
        "EMAIL_HOST": parsed.hostname or "localhost",
        "EMAIL_PORT": parsed.port or 25,
        "EMAIL_HOST_USER": decoded(parsed.username),
        "EMAIL_HOST_PASSWORD": decoded(parsed.password),
        "EMAIL_USE_TLS": query(parsed).get("tls") == "1",
        "EMAIL_USE_SSL": parsed.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }

"""The folder in which the demonstration's mail lands, read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

FILE = re.compile(r"^(\d{8}-\d{6}-\d+)\.log$")
BETWEEN = b"-" * 79
NEWEST = 100  # messages on the page


@dataclass(frozen=True)
class Letter:
    """One message as it left."""

    name: str
    subject: str
    to: str
    date: datetime | None
    text: str
    attachments: tuple[str, ...]


def folder() -> Path | None:
    """Return the folder of the mail; None where mail goes to a real server."""
    path = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") else None


def letters() -> list[Letter]:
    """Return the newest messages, newest first."""
    place = folder()
    if place is None or not place.is_dir():
        return []
    files = sorted((path for path in place.iterdir() if FILE.match(path.name)), key=_age, reverse=True)
    return [letter for path in files[:NEWEST] for letter in _letters_in(path)]


def letter_named(name: str) -> Letter | None:
    """Return one message; only names of the kind that the list shows are looked at, and only that file is read."""
    place, stem = folder(), name.rpartition("-")[0]
    if place is None or not FILE.match(f"{stem}.log") or not (place / f"{stem}.log").is_file():
        return None
    return next((letter for letter in _letters_in(place / f"{stem}.log") if letter.name == name), None)


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _letters_in(path: Path) -> Iterator[Letter]:
    parts = [part.strip(b"\n") for part in path.read_bytes().split(BETWEEN)]
    for number, content in enumerate(part for part in parts if part.strip()):
        yield _letter(f"{path.stem}-{number}", content)


def _aware(date: datetime) -> datetime:
    """A date written “-0000” names no zone and means UTC (RFC 5322, 3.3)."""
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _letter(name: str, content: bytes) -> Letter:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # what policy.default makes
    body = message.get_body(("plain",))
    return Letter(
        name=name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        date=_aware(parsedate_to_datetime(message["Date"])) if message["Date"] else None,
        text=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )

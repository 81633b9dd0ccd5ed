"""The applicant's own key, while one of their requests lasts: it comes with the request and is stored nowhere."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Any

from procurement.sealing.access import draft_key, key_check, make_code, read_code
from procurement.sealing.problems import BadCode


class Locked(Exception):
    """What an applicant wrote was asked for without their access code; `subject` is the application."""

    def __init__(self, subject: Any) -> None:
        self.subject = subject
        super().__init__(str(subject))


@dataclass(frozen=True)
class Access:
    """The access code of one application and the draft key derived from it; neither shows in a report of a fault."""

    code: str = field(repr=False)
    key: bytes = field(repr=False)

    @property
    def check(self) -> str:
        """Return what may be stored to tell this key from another one."""
        return key_check(self.key)


def new_access(reference: str, *, code: str = "") -> Access:
    """Return the access to a new application: 160 random bits, or the code given, and the key that it gives for it."""
    code = read_code(code) if code else make_code()
    return Access(code, draft_key(code, application=reference))


def access_with(typed: str, *, reference: str, check: str) -> Access | None:
    """Return the access that a typed code gives, None when it is none or not the one of this application."""
    try:
        code = read_code(typed)
    except BadCode:
        return None
    access = Access(code, draft_key(code, application=reference))
    return access if check and hmac.compare_digest(access.check, check) else None

"""The financial envelope that an applicant seals in a browser: what the service knows of it, which is no price and no name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from procurement.enums import EnvelopeKind, PriceSealing, SealedIn

if TYPE_CHECKING:
    from procurement.models import Application, Document, Envelope


@dataclass(frozen=True)
class Prepared:
    """A financial envelope as a browser sealed it: the public header, the sealed body, and what proves what was typed."""

    header: dict[str, Any]
    body: bytes = field(repr=False)
    form: str = ""  # the commitment to what was typed, for the receipt


def may_choose(application: Application) -> bool:
    """Tell whether the call leaves it to the applicant where the financial envelope is sealed."""
    call = application.call
    return bool(call.two_envelopes and call.price_sealing == PriceSealing.OFFERED)


def price_row(application: Application) -> Envelope:
    """Return the row of the working copy of the financial envelope; it is read once for each locked application."""
    known = application.working.envelopes if application.working else []
    found = next((one.row for one in known if one.kind == EnvelopeKind.FINANCIAL), None)
    return found or application.envelopes.get(kind=EnvelopeKind.FINANCIAL, submission=None)


def seals_in_browser(application: Application) -> bool:
    """Tell whether the financial envelope of an application is sealed in a browser now; asks the database if it must."""
    call = application.call
    if not call.two_envelopes or call.price_sealing == PriceSealing.SERVER:
        return False
    if call.price_sealing == PriceSealing.BROWSER:
        return True
    return price_row(application).sealed_in == SealedIn.BROWSER


def kept_digest(row: Envelope) -> str:
    """Return the SHA-256 of the ciphertext that is kept, empty where there is none: the version of what was written."""
    return hashlib.sha256(bytes(row.sealed)).hexdigest() if row.sealed else ""


def browser_files(application: Application) -> list[Document]:
    """Return the files that a browser sealed and that were not taken out again, in the order of the documents asked for."""
    rows = application.documents.filter(removed_at=None, completion=None, sealed_in=SealedIn.BROWSER)
    return list(rows.select_related("requirement", "file").order_by("requirement__position", "requirement_id", "id"))

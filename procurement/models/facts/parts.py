"""The parts of an application and what is missing in each."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from procurement.enums import EnvelopeKind
from procurement.models.browser_copy import browser_files, price_row, seals_in_browser
from procurement.models.working_copy import WorkingEnvelope, working_envelopes
from workflow.guards import gettext_noop as _

if TYPE_CHECKING:
    from procurement.models import Application

IDENTITY_NEEDED = ("name", "status", "address", "country", "vat")
IDENTITY = _("identity and status")
PRICE = _("price")


def working_contents(application: Application) -> dict[str, dict[str, Any]]:
    """Return the applicant's working copies, by kind of envelope; refuses with Locked."""
    known = application.working
    return contents_of(known.envelopes if known else working_envelopes(application))


def contents_of(envelopes: list[WorkingEnvelope]) -> dict[str, dict[str, Any]]:
    """Return what envelopes hold, by kind; every kind is there."""
    return {**{kind.value: {} for kind in EnvelopeKind}, **{one.kind: dict(one.content) for one in envelopes}}


def attached_codes(application: Application) -> dict[str, int]:
    """Return how many files the working copy holds for each requirement code."""
    if application.working:
        codes = [one.requirement.code for one in application.working.files]
        sealed = browser_files(application) if seals_in_browser(application) else []
        return dict(Counter([*codes, *(one.requirement.code for one in sealed)]))
    rows = application.documents.filter(removed_at=None, completion=None)
    return dict(Counter(rows.values_list("requirement__code", flat=True)))


def identity_complete(content: dict[str, Any]) -> bool:
    """Tell whether name, legal status, address, country and VAT position are given."""
    identity = content.get("identity") or {}
    return all(str(identity.get(field) or "").strip() for field in IDENTITY_NEEDED)


def price_total(content: dict[str, Any]) -> Decimal | None:
    """Return the total of the price form, None while it is not a positive amount."""
    try:
        total = Decimal(str((content.get("price") or {}).get("total") or ""))
    except InvalidOperation:
        return None
    return total if total.is_finite() and total > 0 else None


def incomplete_parts(application: Application) -> list[str]:
    """Return the names of the parts that block the submission: codes of documents, identity, price; Locked without code."""
    contents = working_contents(application)
    missing = [] if identity_complete(contents[EnvelopeKind.TECHNICAL]) else [IDENTITY]
    attached = attached_codes(application)
    call = application.call
    for requirement in call.documents_asked_for():
        if requirement.compulsory and not requirement.completable and not attached.get(requirement.code):
            missing.append(requirement.code)
    if call.two_envelopes and not _priced(application, contents[EnvelopeKind.FINANCIAL]):
        missing.append(PRICE)
    return missing


def _priced(application: Application, content: dict[str, Any]) -> bool:
    """Tell whether there is a price; of one that a browser sealed, only that something was written can be known."""
    if seals_in_browser(application):
        return bool(price_row(application).sealed)
    return price_total(content) is not None

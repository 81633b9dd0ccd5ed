"""An application as a list of parts: where each is written, how far it is, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from procurement.enums import CeilingMode, EnvelopeKind, LegalStatus
from procurement.models import Application, Call, Requirement
from procurement.models.browser_copy import browser_files, price_row, seals_in_browser
from procurement.models.facts.parts import contents_of, identity_complete, price_total
from procurement.models.working_copy import Attached, WorkingEnvelope, attached_files, working_envelopes
from workflow.templatetags.amounts import amount_text
from workflow.templatetags.texts import localised_html


@dataclass(frozen=True)
class Task:
    """One part. `state` is done, now, warn (cannot start yet) or nothing (not started); `blocks` says why it blocks,
    `caution` what to know of it before submitting all the same."""

    label: str | SafeString
    url: str
    state: str
    code: str = ""
    hint: str = ""
    blocks: str = ""
    caution: str = ""

    @property
    def word(self) -> str:
        """Return the state in words."""
        words = {
            "done": pgettext("part", "Complete"),
            "now": pgettext("part", "In progress"),
            "warn": pgettext("part", "Not possible yet"),
        }
        return words.get(self.state) or pgettext("part", "Not started")


@dataclass(frozen=True)
class WorkingCopy:
    """What an applicant has written and attached so far, read in three queries."""

    application: Application
    contents: dict[str, dict[str, Any]]
    documents: dict[str, list[Attached]]
    requirements: list[Requirement]
    saved_at: datetime | None
    tasks: dict[str, list[Task]] = field(default_factory=dict)

    @property
    def all_tasks(self) -> list[Task]:
        """Return every part, in the order of the page."""
        return [task for tasks in self.tasks.values() for task in tasks]

    @property
    def done(self) -> int:
        """Return how many parts are complete."""
        return sum(task.state == "done" for task in self.all_tasks)


def working_copy(application: Application) -> WorkingCopy:
    """Read an application's working copy and say how far each of its parts is; refuses with Locked."""
    envelopes, attached = working_envelopes(application), attached_files(application)
    documents: dict[str, list[Attached]] = {}
    for document in attached:
        documents.setdefault(document.requirement.code, []).append(document)
    copy = WorkingCopy(
        application=application,
        contents=contents_of(envelopes),
        documents=documents,
        requirements=list(application.call.requirements.all()),
        saved_at=_latest(envelopes, attached),
    )
    copy.tasks.update(you=[_identity(copy)], technical=_documents(copy, EnvelopeKind.TECHNICAL))
    if seals_in_browser(application):
        copy.tasks["financial"] = _sealed(copy)
        return copy
    financial = _documents(copy, EnvelopeKind.FINANCIAL)
    copy.tasks["financial"] = [_price(copy), *financial] if application.call.two_envelopes else financial
    return copy


def _sealed(copy: WorkingCopy) -> list[Task]:
    """Return the parts of an envelope that a browser seals: whether something is there is all that is known of them."""
    url = reverse("application_price", args=[copy.application.reference])
    written = bool(price_row(copy.application).sealed)
    there = Counter(one.requirement.code for one in browser_files(copy.application))
    price = Task(
        label=_("Price, sealed in your browser"),
        url=url,
        state="done" if written else "",
        hint=_("only your browser can read what is in it") if written else "",
        blocks="" if written else _("nothing is written yet"),
    )
    asked = [one for one in copy.requirements if one.envelope == EnvelopeKind.FINANCIAL]
    return [price, *(_sealed_document(one, there[one.code], url) for one in asked)]


def _sealed_document(requirement: Requirement, count: int, url: str) -> Task:
    blocks = requirement.compulsory and not requirement.completable and not count
    return Task(
        code=requirement.code,
        label=localised_html(requirement.title),
        url=url,
        state="done" if count else "",
        hint=capfirst(", ".join(_hints(requirement, count))),
        blocks=_("no file yet") if blocks else "",
    )


def _latest(envelopes: Iterable[WorkingEnvelope], documents: Iterable[Attached]) -> datetime | None:
    moments = [one.saved_at for one in envelopes] + [one.uploaded_at for one in documents]
    return max((moment for moment in moments if moment), default=None)


def _identity(copy: WorkingCopy) -> Task:
    identity = copy.contents[EnvelopeKind.TECHNICAL].get("identity") or {}
    complete = identity_complete(copy.contents[EnvelopeKind.TECHNICAL])
    missing = [str(word) for field_name, word in _needed() if not identity.get(field_name)]
    status = dict(LegalStatus.choices).get(identity.get("status", ""), "")
    known = ", ".join(str(one) for one in (identity.get("name"), str(status).lower()) if one)
    hint = (
        known
        if complete or not identity
        else _("%(known)s; missing: %(parts)s") % {"known": known or "–", "parts": ", ".join(missing)}
    )
    return Task(
        label=_("Identity and status"),
        url=reverse("application_identity", args=[copy.application.reference]),
        state="done" if complete else "now" if any(identity.values()) else "",
        hint=hint,
        blocks="" if complete else _("missing: %(parts)s") % {"parts": ", ".join(missing)},
    )


def _needed() -> list[tuple[str, str]]:
    return [
        ("name", _("name")),
        ("status", _("legal status")),
        ("address", _("address")),
        ("country", _("country")),
        ("vat", _("VAT position")),
    ]


def _documents(copy: WorkingCopy, kind: EnvelopeKind) -> list[Task]:
    return [_document(copy, one) for one in copy.requirements if one.envelope == kind]


def _document(copy: WorkingCopy, requirement: Requirement) -> Task:
    attached = copy.documents.get(requirement.code, [])
    note = (copy.contents[requirement.envelope].get("notes") or {}).get(requirement.code)
    blocks = requirement.compulsory and not requirement.completable and not attached
    return Task(
        code=requirement.code,
        label=localised_html(requirement.title),
        url=reverse("application_document", args=[copy.application.reference, requirement.code]),
        state="done" if attached else "now" if note else "",
        hint=capfirst(", ".join(_hints(requirement, len(attached)))),
        blocks=_("no file yet") if blocks else "",
        caution=_("no file yet") if requirement.compulsory and requirement.completable and not attached else "",
    )


def _hints(requirement: Requirement, attached: int) -> list[str]:
    hints = [ngettext("%(n)s file", "%(n)s files", attached) % {"n": attached}] if attached else []
    if requirement.personal:
        hints.append(_("personal data: the evaluators do not see it"))
    if not requirement.compulsory:
        hints.append(pgettext("document", "optional"))
    elif requirement.completable and not attached:
        hints.append(_("its absence does not stop you from submitting; the committee may ask for it once"))
    return hints


def _price(copy: WorkingCopy) -> Task:
    contents, call = copy.contents, copy.application.call
    total = price_total(contents[EnvelopeKind.FINANCIAL])
    begun = any((contents[EnvelopeKind.FINANCIAL].get("price") or {}).values())
    vat = (contents[EnvelopeKind.TECHNICAL].get("identity") or {}).get("vat")
    hint = amount_text(total, currency=call.currency) + f" {call.get_tax_display()}" if total is not None else ""
    dear = _too_dear(call) if is_above_ceiling(call, total) else ""
    if not vat and not begun:
        hint = _("Say first, in “Identity and status”, whether you are registered for VAT.")
    return Task(
        label=_("Price (days × rate + expenses)"),
        url=reverse("application_price", args=[copy.application.reference]) if vat or begun else "",
        state="done" if total is not None else "now" if begun else "" if vat else "warn",
        hint=f"{hint}, {dear}" if dear else hint,
        blocks="" if total is not None else _("the total is missing"),
        caution=dear,
    )


def is_above_ceiling(call: Call, total: Decimal | None) -> bool:
    """Tell whether a total is above a ceiling that everybody knows and that excludes dearer offers."""
    if call.ceiling_mode != CeilingMode.PUBLIC_BINDING or call.ceiling_amount is None or total is None:
        return False
    return bool(total > call.ceiling_amount)


def _too_dear(call: Call) -> str:
    ceiling = amount_text(call.ceiling_amount, currency=call.currency)
    return _("above the binding ceiling of %(ceiling)s: such an offer is excluded") % {"ceiling": ceiling}

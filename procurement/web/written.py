"""Everything an applicant wrote, as it is shown before it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from procurement.enums import EnvelopeKind
from procurement.models import Call
from procurement.models.facts.parts import price_total
from procurement.web.application_documents import file_row
from procurement.web.application_tasks import WorkingCopy
from procurement.web.forms.applications import IdentityForm, PriceForm
from procurement.web.saving import stored_rows
from workflow.templatetags.amounts import amount_text, mark_text


@dataclass(frozen=True)
class Section:
    """A part as it will be read: rows of label and text, files, and where to change it while that is possible."""

    title: Any
    code: str
    rows: list[tuple[str, str]]
    files: list[dict[str, Any]]
    change_url: str
    missing: str
    nothing: str


def written_sections(copy: WorkingCopy, *, writable: bool) -> list[tuple[str, list[Section]]]:
    """Return the parts under their headings: you, the technical envelope, the financial one."""
    headings = {"you": _("You"), "technical": _("Technical envelope"), "financial": _("Financial envelope")}
    if not copy.application.call.two_envelopes:
        headings |= {"technical": _("Documents")}
    identity = copy.contents[EnvelopeKind.TECHNICAL].get("identity") or {}
    found = {
        "you": [_section(copy, copy.tasks["you"][0], stored_rows(IdentityForm, identity), writable)],
        "technical": [_document(copy, task, writable) for task in copy.tasks["technical"]],
        "financial": [
            _document(copy, task, writable) if task.code else _section(copy, task, _priced(copy), writable)
            for task in copy.tasks["financial"]
        ],
    }
    return [(headings[name], sections) for name, sections in found.items() if sections]


def _section(copy: WorkingCopy, task: Any, rows: list[tuple[str, str]], writable: bool) -> Section:
    return Section(
        task.label, task.code, rows, [], task.url if writable else "", task.blocks, capfirst(task.hint) or _("nothing")
    )


def _document(copy: WorkingCopy, task: Any, writable: bool) -> Section:
    files = [file_row(copy.application, one) for one in copy.documents.get(task.code, [])]
    notes = [note for content in copy.contents.values() if (note := (content.get("notes") or {}).get(task.code))]
    rows = [(_("Note to the committee"), note) for note in notes]
    nothing = ". ".join(text for text in (capfirst(task.caution), task.hint) if text)
    return Section(
        task.label, task.code, rows, files, task.url if writable else "", task.blocks, nothing or _("nothing")
    )


def _priced(copy: WorkingCopy) -> list[tuple[str, str]]:
    return price_rows(copy.contents[EnvelopeKind.FINANCIAL], copy.application.call)


def typed_parts(written: Mapping[str, Any], call: Call) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what was typed in one envelope: each part with its rows of label and text; parts without any are left out."""
    parts = [
        (_("Identity and status"), stored_rows(IdentityForm, written.get("identity") or {})),
        (_("Price"), price_rows(written, call)),
        (_("Notes to the committee"), list((written.get("notes") or {}).items())),
    ]
    return [(title, rows) for title, rows in parts if rows]


def price_rows(content: Mapping[str, Any], call: Call) -> list[tuple[str, str]]:
    """Return a price as rows of label and text, with its total."""
    written = content.get("price") or {}
    rows = []
    for bound in PriceForm():
        if written.get(bound.name):
            text = (
                mark_text(written[bound.name], places=None)
                if bound.name == "days"
                else amount_text(written[bound.name], currency=call.currency)
            )
            rows.append((str(bound.label), text))
    total = price_total(dict(content))
    if total is not None:
        rows.append((_("Total"), f"{amount_text(total, currency=call.currency)} {call.get_tax_display()}"))
    return rows

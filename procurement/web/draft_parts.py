"""The parts of a draft: their names, their pages, and the conditions that speak of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.models import Call
from procurement.web.forms.draft import DraftForm
from procurement.web.forms.draft_criteria import CriteriaForm
from procurement.web.forms.draft_deliverables import DeliverablesForm
from procurement.web.forms.draft_documents import DocumentsForm
from procurement.web.forms.draft_identity import BudgetForm, IdentityForm, TermsForm
from procurement.web.forms.draft_rules import RulesForm
from procurement.web.forms.draft_timeline import TimelineForm
from workflow.refusals import Reason


@dataclass(frozen=True)
class Part:
    """A part: guards whose codes it answers, and its form where it is written on a page of the draft."""

    name: str
    label: Any
    lede: Any
    codes: tuple[str, ...]
    form: type[DraftForm] | None = None

    def url(self, call: Call) -> str:
        """Return the address of its page."""
        if self.form is None:
            return reverse(f"call_{self.name}", args=[call.reference])
        return reverse("call_draft_part", args=[call.reference, self.name])


GROUPS: list[tuple[Any, list[Part]]] = [
    (
        _("What is asked"),
        [
            Part("identity", _("Identity and languages"), _("How the call is called, and where it belongs."), ("PUB-01",), IdentityForm),
            Part("budget", _("Budget and ceiling"), _("How much may be offered, and what happens above."), ("PUB-02",), BudgetForm),
            Part("terms", _("Terms of reference"), _("Why, what, by whom: in each language of the notice."), ("PUB-01",), TermsForm),
            Part("deliverables", _("Deliverables and payments"), _("What is handed over, when, and what it pays. May be left empty."), ("PUB-17",), DeliverablesForm),
        ],
    ),
    (
        _("How it is judged"),
        [
            Part("criteria", _("Criteria"), _("Criteria and their parts, in points. Marks are given on those without parts."), ("PUB-03", "PUB-04", "PUB-05", "PUB-06", "PUB-07"), CriteriaForm),
            Part("rules", _("Method and rules"), _("A rule set, and what this call changes in it."), ("PUB-08", "PUB-09", "PUB-24"), RulesForm),
            Part("documents", _("Required documents"), _("What each envelope must hold."), ("PUB-10",), DocumentsForm),
        ],
    ),
    (_("When"), [Part("timeline", _("Timeline"), _("Give the deadline: the later dates are proposed from it."), ("PUB-11", "PUB-12", "PUB-13", "PUB-18", "PUB-21"), TimelineForm)]),
    (
        _("Who"),
        [
            Part("committee", _("Committee"), "", ("PUB-14", "PUB-15")),
            Part("keys", _("Key holders and quorum"), "", ("PUB-16", "PUB-19")),
        ],
    ),
]  # fmt: skip
PARTS = {part.name: part for _label, parts in GROUPS for part in parts}
WRITTEN = {name: part for name, part in PARTS.items() if part.form}


@dataclass(frozen=True)
class LinkedReason:
    """A reason with the page where it can be met."""

    code: str
    sentence: str
    url: str


def part_of(reason: Reason) -> Part | None:
    """Return the part that can meet a condition."""
    if reason.code == "PUB-01":
        return PARTS["identity" if "title" in reason.values.get("missing", ()) else "terms"]
    return next((part for part in PARTS.values() if reason.code in part.codes), None)


def linked(call: Call, reasons: list[Reason]) -> list[LinkedReason]:
    """Return reasons with links to the parts that meet them."""
    found = ((reason, part_of(reason)) for reason in reasons)
    return [LinkedReason(reason.code, reason.sentence, part.url(call) if part else "") for reason, part in found]

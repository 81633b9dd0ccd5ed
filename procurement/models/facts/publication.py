"""The facts of a draft."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from procurement.enums import EnvelopeKind, PaperKind
from procurement.rules.draft_facts import CriterionFacts, PublicationFacts
from procurement.rules.presets import unexplained
from workflow.guards import gettext_noop as _

if TYPE_CHECKING:
    from procurement.models import Call

DATES = [
    ("publish_at", _("publication")),
    ("questions_until", _("end of questions")),
    ("answers_until", _("end of answers")),
    ("deadline", _("deadline")),
    ("opening_at", _("opening")),
    ("compliance_at", _("compliance check")),
    ("scoring_until", _("end of scoring")),
    ("financial_opening_at", _("financial opening")),
    ("decision_at", _("decision")),
]
TERMS = [
    ("context", _("context")),
    ("objectives", _("objectives")),
    ("tasks", _("tasks")),
    ("profile", _("profile sought")),
    ("arrangements", _("place and working arrangements")),
]
RULE_NAMES = {
    "preset": _("method"),
    "technical_weight": _("technical weight"),
    "financial_weight": _("financial weight"),
    "threshold": _("threshold"),
    "normalise": _("normalisation of the technical mark"),
    "aggregate": _("how the marks are put together"),
    "technical_mark": _("which marks count"),
    "price_formula": _("price formula"),
    "tie_break": _("tie-break"),
    "comment_minimum": _("length of the comment"),
    "spread_percent": _("spread that needs a reason"),
    "reason_minimum": _("length of a reason"),
    "minimum_voting": _("least number of evaluators"),
    "odd_voting": _("odd number of evaluators"),
    "minimum_days": _("least time to apply"),
    "declaration": _("declaration of impartiality"),
}
COMPULSORY_TERMS = ("context", "tasks")


def publication_facts(call: Call, *, now: datetime) -> PublicationFacts:
    """Gather what the publication of a call depends on."""
    criteria = list(call.criteria.all())
    requirements = list(call.requirements.values_list("envelope", flat=True))
    holders = list(call.key_holders.filter(member__ended_at=None).select_related("member"))
    rules = call.rules
    return PublicationFacts(
        now=now,
        zone=call.timezone,
        missing_texts=tuple(missing_texts(call)),
        ceiling_mode=call.ceiling_mode,
        ceiling_amount=call.ceiling_amount,
        criteria=criterion_facts(criteria),
        total=sum((c.maximum or Decimal(0) for c in criteria if c.parent_id is None), Decimal(0)),
        technical_weight=_number(rules, "technical_weight"),
        financial_weight=_number(rules, "financial_weight"),
        weights_total=Decimal(100 if rules.get("preset") == "points" else 1),
        threshold=_number(rules, "threshold"),
        two_envelopes=call.two_envelopes,
        technical_requirements=requirements.count(EnvelopeKind.TECHNICAL),
        financial_requirements=requirements.count(EnvelopeKind.FINANCIAL),
        dates=tuple((name, getattr(call, field)) for field, name in DATES if _counts(call, field)),
        deadline=call.deadline,
        publish_at=call.publish_at,
        minimum_days=int(rules.get("minimum_days", 0)),
        unexplained=tuple(str(RULE_NAMES.get(key, key)) for key in unexplained(rules)),
        payments=tuple(call.deliverables.values_list("payment", flat=True)),
        seats=_seats(call),
        minimum_voting=int(rules.get("minimum_voting", 3)),
        odd_voting=bool(rules.get("odd_voting", False)),
        key_holders=len(holders),
        unconfirmed_holders=tuple(h.member.label for h in holders if h.confirmed_at is None),
        quorum=call.quorum,
        notice_ready=_notice_ready(call),
        suspended_at=call.suspended_at,
        latest_deadline=call.latest_deadline(),
    )


def _seats(call: Call) -> tuple[str, ...]:
    """Seats that are held or offered: an invited person counts until the officer withdraws the invitation."""
    offered = call.seat_invitations.filter(taken_at=None, withdrawn_at=None).values_list("seat", flat=True)
    return (*call.members.filter(ended_at=None).values_list("seat", flat=True), *offered)


def _notice_ready(call: Call) -> bool:
    latest = call.papers.filter(kind=PaperKind.NOTICE).order_by("-number").first()
    return bool(latest and latest.file_id)


def _number(rules: dict[str, Any], key: str) -> Decimal:
    return Decimal(str(rules.get(key) or "0"))


def _counts(call: Call, field: str) -> bool:
    return call.two_envelopes or field != "financial_opening_at"


def criterion_facts(criteria: list[Any]) -> tuple[CriterionFacts, ...]:
    """Return the tree of criteria as the rules read it."""
    parts: dict[int, list[Decimal | None]] = {}
    for criterion in criteria:
        if criterion.parent_id:
            parts.setdefault(criterion.parent_id, []).append(criterion.maximum)
    return tuple(
        CriterionFacts(
            code=c.code,
            titled=any(c.title.values()),
            maximum=c.maximum,
            minimum=c.minimum,
            children=tuple(parts.get(c.pk, ())),
            top=c.parent_id is None,
        )
        for c in criteria
    )


def missing_texts(call: Call) -> list[str]:
    """Return the names of compulsory texts that are missing in a language of the notice."""
    languages = call.languages or [call.language]
    missing = [_("title")] if any(not call.title.get(lang) for lang in languages) else []
    for section, name in TERMS:
        if section in COMPULSORY_TERMS and any(not call.terms.get(section, {}).get(lang) for lang in languages):
            missing.append(name)
    return missing

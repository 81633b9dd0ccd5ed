"""The facts of a draft."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from procurement.enums import EnvelopeKind, PaperKind
from procurement.rules.publication import CriterionFacts, PublicationFacts
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
        payments=tuple(call.deliverables.values_list("payment", flat=True)),
        seats=tuple(call.members.filter(ended_at=None).values_list("seat", flat=True)),
        minimum_voting=int(rules.get("minimum_voting", 3)),
        odd_voting=bool(rules.get("odd_voting", False)),
        key_holders=len(holders),
        unconfirmed_holders=tuple(h.member.label for h in holders if h.confirmed_at is None),
        quorum=call.quorum,
        notice_ready=call.papers.filter(kind=PaperKind.NOTICE, file__isnull=False).exists(),
        suspended_at=call.suspended_at,
        latest_deadline=call.latest_deadline(),
    )


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

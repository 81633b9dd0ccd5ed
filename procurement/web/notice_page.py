"""What the notice of a call shows: on its public page, in the preview, on the page of the approver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language

from procurement.enums import EnvelopeKind, Stage
from procurement.letters import facts
from procurement.letters.arithmetic import SUMMED, formula_in_words, rules_in_words, tie_in_words
from procurement.models import Call
from procurement.queries.example import equations_of, example_of
from procurement.queries.papers.notice import lines_of
from procurement.queries.papers.terms import criteria_facts, method_facts
from procurement.queries.timeline import expected_standstill_end
from procurement.web.drawings.pictures import Picture, split_picture, timeline_picture
from procurement.web.forms.draft_identity import TERMS
from procurement.web.notice_dates import periods_of
from workflow.templatetags.texts import text_in_language


@dataclass(frozen=True)
class Written:
    """A section of the terms: a text or a list, with the language it is in where that is not the reader's."""

    name: str
    title: Any
    text: str
    items: list[str]
    language: str


def notice_context(call: Call, *, now: datetime) -> dict[str, Any]:
    """Gather everything that the body of a notice shows; nothing of it depends on applications."""
    prefetch_related_objects([call], "criteria", "requirements", "deliverables")
    language = cast(facts.Language, "fr" if (get_language() or "").startswith("fr") else "en")
    criteria = list(call.criteria.all())
    requirements = list(call.requirements.all())
    method = method_facts(call)
    return {
        "call": call,
        "now": now,
        "terms": _terms(call),
        "timeline": _timeline(call, criteria, now=now),
        "deliverables": list(call.deliverables.all()),
        "envelopes": _envelopes(call, requirements),
        "criteria": criteria,
        "interview_from": call.rule_number("shortlist_mark") if _interview(criteria) else None,
        "minima": any(c.minimum is not None for c in criteria),
        "maximum": sum((c.maximum or Decimal(0) for c in criteria if c.parent_id is None), Decimal(0)),
        "threshold": call.rule_number("threshold"),
        "judged": _judged(call, method),
        "rules": rules_in_words(method, language=language) if criteria else (),
        "formula": formula_in_words(method, language=language),
        "tie": tie_in_words(method, criteria=criteria_facts(call, language=language), language=language),
        "example": _example(call, method, language),
        "standstill_end": expected_standstill_end(call),
        "remedies": call.organisation.remedies,
        "languages": call.languages or [call.language],
    }


def _terms(call: Call) -> list[Written]:
    written = []
    for name, (title, _hint, _rows) in TERMS.items():
        text, language = text_in_language(call.terms.get(name) or {})
        if text.strip():
            items = lines_of(text) if name == "tasks" else []
            shown = "" if language == (get_language() or "").split("-")[0] else language
            written.append(Written(name, title, "" if items else text, items, shown))
    return written


def _envelopes(call: Call, requirements: list[Any]) -> list[dict[str, Any]]:
    kinds = [EnvelopeKind.TECHNICAL, *([EnvelopeKind.FINANCIAL] if call.two_envelopes else [])]
    rows = [{"kind": kind, "rows": [row for row in requirements if row.envelope == kind]} for kind in kinds]
    return [envelope for envelope in rows if envelope["rows"]]


def _interview(criteria: list[Any]) -> bool:
    return any(criterion.stage == Stage.INTERVIEW for criterion in criteria)


def _judged(call: Call, method: facts.Method) -> dict[str, Any]:
    """The two weights, in per cent or in points, and the bar that shows them."""
    if method.name not in SUMMED:
        return {"quality_only": True}
    technical, financial = method.technical_weight, method.financial_weight
    total = technical + financial
    return {
        "points": method.name == "points",
        "technical": technical,
        "financial": financial,
        "split": split_picture(technical=technical / total) if total else None,
    }


def _example(call: Call, method: facts.Method, language: facts.Language) -> dict[str, Any] | None:
    ranked = example_of(call, method)
    if not ranked:
        return None
    lines = [
        {"line": line, "equations": equations_of(line, ranked, method=method, language=language)}
        for line in sorted(ranked, key=lambda line: line.applicant.label)
    ]
    return {"lines": lines, "first": ranked[0].applicant.label}


def _timeline(call: Call, criteria: list[Any], *, now: datetime) -> Picture | None:
    periods = periods_of(call, interviews=_interview(criteria))
    return timeline_picture(periods=periods, now=now, zone=call.timezone) if periods else None

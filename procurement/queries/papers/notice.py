"""The notice of a call, as facts of its Word file."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from procurement.enums import EnvelopeKind
from procurement.letters import facts
from procurement.letters.notice import Deliverable, Key, Notice, Section
from procurement.letters.wording import format_instant
from procurement.letters.words.phrase import Phrase, say
from procurement.models import Call
from procurement.queries.example import example_sentence
from procurement.queries.papers import notice_words as words
from procurement.queries.papers.frame import call_facts, language_of, member_facts, requirement_facts, text_in
from procurement.queries.papers.terms import ceiling_facts, criteria_facts, method_facts
from procurement.queries.roster import holders_of


def notice_language(call: Call) -> facts.Language:
    """Return the language in which the notice is written in Word."""
    return language_of(call)


def notice_facts(call: Call, *, now: datetime) -> Notice:
    """Gather what the notice says; refuses a call without a deadline. Each writing is a new version."""
    assert call.deadline is not None
    language = notice_language(call)
    method = method_facts(call)
    version = call.papers.filter(kind="notice").count() + 1
    return Notice(
        call=call_facts(call, language=language),
        number=f"{call.reference}/{say(words.NUMBER, language)}-{version}",
        issued_at=now,
        version=version,
        procedure=_procedure(call, language),
        deadline=call.deadline,
        method=method,
        criteria=criteria_facts(call, language=language),
        requirements=_requirements(call, language),
        timeline=milestones(call, language=language),
        sections=sections(call, language=language),
        deliverables=_deliverables(call, language),
        ceiling=ceiling_facts(call),
        cpv=call.cpv,
        eligibility=say(words.WHO_MAY_APPLY, language),
        submission_address=settings.SITE_URL + reverse("public_call", args=[call.reference]),
        languages=tuple(say(words.LANGUAGES[code], language) for code in call.languages if code in words.LANGUAGES),
        questions_until=call.questions_until,
        answers_until=call.answers_until,
        opening_at=call.opening_at,
        standstill_days=call.standstill_days,
        example=example_sentence(call, method, language=language),
        remedies=text_in(call.organisation.remedies, language),
        keys=keys_of(call),
        quorum=call.quorum,
        changes=_changes(call, language),
    )


def _changes(call: Call, language: facts.Language) -> str:
    """Say what moved since the first publication, and why; empty where nothing did."""
    return "\n".join(
        say(
            words.MOVED,
            language,
            former=format_instant(former, zone=call.timezone, language=language),
            deadline=format_instant(later.deadline, zone=call.timezone, language=language),
            reason=later.reason,
        )
        for former, later in call.deadline_moves()
    )


def _procedure(call: Call, language: facts.Language) -> str:
    if not call.two_envelopes:
        return say(words.ONE_ENVELOPE, language)
    sealed = words.SEALED.get(call.price_sealing)
    parts = (words.TWO_ENVELOPES, *([sealed] if sealed else []))
    return ", ".join(say(part, language) for part in parts)


def keys_of(call: Call) -> tuple[Key, ...]:
    """Return the key of each holder; none while one of them has not confirmed."""
    holders = list(holders_of(call))
    if any(holder.confirmed_at is None for holder in holders):
        return ()
    members = [(holder, member_facts(holder.member)) for holder in holders]
    return tuple(Key(role=m.role, label=m.label, fingerprint=h.fingerprint) for h, m in members)


def sections(call: Call, *, language: facts.Language) -> tuple[Section, ...]:
    """Return the parts of the terms of reference that hold a text; tasks stand one a line."""
    written = ((name, text_in(call.terms.get(name) or {}, language).strip()) for name in words.SECTIONS)
    return tuple(
        Section(title=say(words.SECTIONS[name], language), items=tuple(lines_of(text)))
        if name == "tasks"
        else Section(title=say(words.SECTIONS[name], language), text=text)
        for name, text in written
        if text
    )


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that hold something, without the marks of a list."""
    return [line for line in (raw.strip().lstrip("-•*").strip() for raw in text.splitlines()) if line]


def milestones(call: Call, *, language: facts.Language) -> tuple[facts.Milestone, ...]:
    """Return the dates of the notice, in order, those that are fixed."""
    zone = ZoneInfo(call.timezone)
    rows: list[tuple[Phrase, datetime | date | None, date | None]] = [
        (words.PUBLICATION, call.published_at or call.publish_at, None),
        (words.QUESTIONS, call.questions_until, None),
        (words.ANSWERS, call.answers_until, None),
        (words.DEADLINE, call.deadline, None),
        (words.OPENING, call.opening_at, None),
        (words.COMPLIANCE, call.compliance_at, None),
        (words.SCORING, call.scoring_until, None),
        (words.INTERVIEWS, call.interviews_from, call.interviews_until),
        (words.PRICES, call.financial_opening_at if call.two_envelopes else None, None),
        (words.DECISION, call.decision_at, None),
        (words.CONTRACT, call.contract_at, None),
    ]
    return tuple(_milestone(say(phrase, language), start, end, zone) for phrase, start, end in rows if start)


def _milestone(label: str, start: datetime | date, end: date | None, zone: ZoneInfo) -> facts.Milestone:
    if isinstance(start, datetime):
        return facts.Milestone(label=label, starts_at=start)
    last = datetime.combine(end, time(0), tzinfo=zone) if end and end != start else None
    return facts.Milestone(
        label=label, starts_at=datetime.combine(start, time(0), tzinfo=zone), ends_at=last, whole_day=True
    )


def _requirements(call: Call, language: facts.Language) -> tuple[facts.Requirement, ...]:
    rows = [row for row in call.requirements.all() if call.two_envelopes or row.envelope == EnvelopeKind.TECHNICAL]
    return tuple(requirement_facts(row, language=language) for row in rows)


def _deliverables(call: Call, language: facts.Language) -> tuple[Deliverable, ...]:
    return tuple(
        Deliverable(
            code=row.code,
            title=text_in(row.title, language),
            due=say(words.WEEK, language, week=row.week) if row.week else "",
            payment=row.payment / Decimal(100),
        )
        for row in call.deliverables.all()
    )

"""The facts of a key holder: a key that arrives, an answer to a dummy envelope, a replacement."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from procurement.models.facts.moments import label
from procurement.rules.keys import AnswerFacts, DecisionFacts, DrillFacts, KeyFacts, ReplacementFacts
from procurement.sealing.drill import is_answered
from procurement.sealing.holders import is_usable
from procurement.sealing.primitives import KEY as SIZE

if TYPE_CHECKING:
    from procurement.models import Call, CommitteeMember, KeyDrill, KeyHolder, KeyReplacement

LOCKED_KEY = {"format", "kdf", "memory", "passes", "lanes", "salt", "nonce", "sealed"}
LARGEST = 4000  # signs of a locked private half written as JSON; a real one has some hundreds


def key_facts(holder: KeyHolder, *, public: bytes, private_sealed: Mapping[str, Any]) -> KeyFacts:
    """Gather what keeping a key depends on."""
    others = holder.call.key_holders.exclude(pk=holder.pk)
    return KeyFacts(
        seated=holder.member.ended_at is None,
        accepted=holder.member.accepted_at is not None,
        frozen=holder.call.published_at is not None and (holder.replaces_id is None or holder.confirmed_at is not None),
        usable=len(public) == SIZE and is_usable(public),
        locked=private_sealed.keys() == LOCKED_KEY and len(str(dict(private_sealed))) <= LARGEST,
        shared=others.filter(fingerprint=hashlib.sha256(public).hexdigest()).exists(),
    )


def answer_facts(holder: KeyHolder, *, drill: KeyDrill | None, answer: bytes) -> AnswerFacts:
    """Gather what the answer to a dummy envelope depends on."""
    return AnswerFacts(
        seated=holder.member.ended_at is None,
        accepted=holder.member.accepted_at is not None,
        made=holder.made_at is not None,
        right=drill is not None and is_answered(drill.envelope, answer=answer),
    )


def replacement_facts(holder: KeyHolder, *, member: CommitteeMember, now: datetime) -> ReplacementFacts:
    """Gather what the replacement of a holder depends on."""
    call = holder.call
    latest = call.latest_deadline()
    return ReplacementFacts(
        published=call.published_at is not None,
        now=now,
        latest_deadline=latest,
        deadline_label=label(latest, call=call),
        current=holder.replaced_at is None,
        seated=member.call_id == call.pk and member.ended_at is None,
        holds=call.key_holders.filter(member=member).exists(),
        asked=holder.replacements.filter(decided_at=None).exists(),
    )


def decision_facts(asked: KeyReplacement, *, actor: Any) -> DecisionFacts:
    """Gather what deciding on a replacement depends on."""
    return DecisionFacts(
        decided=asked.decided_at is not None,
        involved=actor.pk in (asked.asked_by_id, asked.member.user_id),
    )


def drill_facts(call: Call, *, now: datetime) -> DrillFacts:
    """Gather what asking for a drill depends on."""
    return DrillFacts(published=call.published_at is not None, now=now, latest_deadline=call.latest_deadline())

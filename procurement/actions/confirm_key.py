"""Confirm one's key: the recovery sheet, typed again, opened a dummy envelope."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.keep_key import lock_holder
from procurement.actions.write_paper import write_paper
from procurement.enums import CallState, PaperKind
from procurement.models import Call, KeyHolder
from procurement.models.facts.keys import answer_facts
from procurement.models.holding import hold_call
from procurement.queries.drills import waiting_drill
from procurement.queries.papers.notice import notice_facts, notice_language
from procurement.rules import keys
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def confirm_key(*, holder: KeyHolder, answer: bytes, actor: Any, now: datetime) -> KeyHolder:
    """Note that what the holder typed from the sheet opens what is sealed to the key; refuses any other answer (KEY-05).

    From here on a replacement counts in the roster, and who was replaced counts no more. A notice that was written
    without this key is written again.
    """
    if holder.replaces_id:
        hold_call(holder.call)  # before the key: its public page changes with the roster
    locked = lock_holder(holder)
    demand_permission(locked.member.user_id == actor.pk, subject=locked, act="confirm_key")
    if locked.confirmed_at:
        return locked
    drill = waiting_drill(locked)
    facts = answer_facts(locked, drill=drill, answer=answer)
    demand(keys.CONFIRM, facts, subject=locked, act="confirm_key")
    assert drill is not None  # KEY-05 spoke otherwise
    drill.answered_at = locked.confirmed_at = now
    drill.save(update_fields=["answered_at"])
    locked.save(update_fields=["confirmed_at"])
    if locked.replaces_id:
        KeyHolder.objects.filter(pk=locked.replaces_id).update(replaced_at=now)
        locked.call.save(update_fields=["quorum"])  # the public page, drawn once, shows the keys: it is another one now
    audit.record(
        locked, "confirm_key", actor=actor, now=now, scope=locked.call.reference, details={"sha256": locked.fingerprint}
    )
    _renew_notice(locked.call, now=now)
    return locked


def _renew_notice(call: Call, *, now: datetime) -> None:
    """The fingerprints are part of the notice: one approved before the last key was confirmed is written again."""
    if call.state != CallState.APPROVED or call.key_holders.filter(member__ended_at=None, confirmed_at=None).exists():
        return
    write_paper(
        call=call, kind=PaperKind.NOTICE, template="notice", paper_facts=notice_facts(call, now=now),
        language=notice_language(call), actor=None, now=now,
    )  # fmt: skip

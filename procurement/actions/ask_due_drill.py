"""Have the keys tried before the deadline without anybody thinking of it: the clock asks, reminds, and says who is missing."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from accounts.enums import Role
from procurement.actions.tell import tell
from procurement.enums import CallState, Seat
from procurement.models import Call, KeyDrill, KeyHolder
from procurement.models.holding import hold_call
from procurement.queries.drills import last_drill, new_drill
from procurement.queries.people import holders_of as people_with
from procurement.queries.roster import holders_of
from procurement.rules import key_trials
from workflow import audit
from workflow.transitions import use_case


@use_case
def ask_due_drill(*, call: Call, now: datetime) -> list[KeyDrill]:
    """Put a dummy envelope before each holder who has opened none since the first round, and remind whom one waits for.

    From the second round on the officers, the secretary and the auditors are told while too few keys were tried. What
    another tick has done is not done again; sets the instant of the next round, or of the deadline.
    """
    locked = hold_call(call)
    deadline, days = locked.deadline, settings.DRILL_DAYS
    if locked.state != CallState.PUBLISHED or deadline is None or (locked.next_check_at or deadline) > now:
        return []
    following = key_trials.next_check(deadline=deadline, now=now, days=days)
    Call.objects.filter(pk=locked.pk).update(next_check_at=following)
    this = key_trials.round_at(deadline=deadline, now=now, days=days)
    if this is None:
        return []
    begins = key_trials.begins_at(deadline=deadline, days=days)
    holders = list(holders_of(locked).exclude(confirmed_at=None).prefetch_related("drills"))
    asked = [_ask(one, call=locked, now=now) for one in holders if _stale(one, begins)]
    fresh = {drill.holder_id for drill in asked}
    waiting = [one for one in holders if one.pk not in fresh and _unanswered(one)]
    for one in waiting:
        tell(kind="drill_reminder", to=one.member.user, call=locked, key=f"{_unanswered(one)}:{this}", now=now)
    _note(locked, asked, waiting, now=now)
    if this != max(days):
        _tell_of_missing(locked, len(holders), len(asked) + len(waiting), key=f"{deadline.isoformat()}:{this}", now=now)
    return asked


def _stale(holder: KeyHolder, begins: datetime) -> bool:
    last = last_drill(holder)
    return last is None or (last.answered_at is not None and last.answered_at < begins)


def _unanswered(holder: KeyHolder) -> int | None:
    last = last_drill(holder)
    return last.pk if last and last.answered_at is None else None


def _ask(holder: KeyHolder, *, call: Call, now: datetime) -> KeyDrill:
    drill = new_drill(holder, now=now, asked_by=None)
    tell(kind="drill_asked", to=holder.member.user, call=call, key=str(drill.pk), now=now)
    return drill


def _note(call: Call, asked: list[KeyDrill], reminded: list[KeyHolder], *, now: datetime) -> None:
    if asked:
        audit.record(call, "ask_drill", actor=None, now=now, details={"drills": [drill.pk for drill in asked]})
    if reminded:
        audit.record(call, "remind_drill", actor=None, now=now, details={"holders": [one.pk for one in reminded]})


def _tell_of_missing(call: Call, held: int, missing: int, *, key: str, now: datetime) -> None:
    """Tell those who can still do something: while fewer than the quorum and one more have opened theirs."""
    wanted = min(call.quorum + 1, held)
    if held - missing >= wanted:
        return
    secretaries = [member.user for member in call.members.filter(seat=Seat.SECRETARY, ended_at=None)]
    for person in {*people_with(call, Role.OFFICER, Role.AUDITOR), *secretaries}:
        tell(kind="keys_untried", to=person, call=call, key=key, now=now, tried=held - missing, wanted=wanted)

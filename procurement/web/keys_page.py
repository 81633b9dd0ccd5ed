"""What the page of the keys shows: who holds one, who has confirmed and tried it, and whether that is enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from procurement import permissions as may
from procurement.models import Call, KeyDrill, KeyHolder, KeyReplacement
from procurement.models.facts.keys import drill_facts
from procurement.queries.drills import is_green, last_drill
from procurement.queries.roster import holders_of
from procurement.rules import keys
from procurement.rules.key_trials import begins_at
from procurement.web.acts import Button, reasons_against

NEAR = timedelta(days=7)  # before the deadline: from then on too few tried keys are a banner


@dataclass(frozen=True)
class KeyShown:
    """A holder with the last drill; `asked`: a replacement that waits; `replacement`: where one asks or decides, or nothing."""

    holder: KeyHolder
    drill: KeyDrill | None
    green: bool
    successor: KeyHolder | None
    asked: KeyReplacement | None
    replacement: str


@dataclass(frozen=True)
class DrillShown:
    """The drill as a whole: how many keys opened the test envelope, how many there should be, and whether it is late.

    `begins`: when the clock will ask by itself.
    """

    green: int
    wanted: int
    asked: bool
    alarming: bool
    begins: datetime | None
    ask: Button


def is_near(call: Call, *, now: datetime) -> bool:
    """Tell whether a call that collects is so near its deadline that its keys should have been tried; after it nothing helps."""
    collects = call.published_at is not None and call.opened_at is None and call.ended_at is None
    return collects and call.deadline is not None and call.deadline - NEAR <= now < call.deadline


def keys_shown(call: Call, user: Any) -> list[KeyShown]:
    """Return every holder whose key counts, in the order of their seats."""
    collects = call.published_at is not None and call.closed_at is None
    asks, decides = (collects and one(call, user) for one in (may.ask_key_replacement, may.decide_key_replacement))
    rows = holders_of(call).prefetch_related("drills")
    waiting = {one.former_id: one for one in waiting_replacements(call)}
    named = {one.replaces_id: one for one in call.key_holders.filter(confirmed_at=None).exclude(replaces=None)}
    return [
        KeyShown(
            holder=row,
            drill=last_drill(row),
            green=is_green(row),
            successor=named.get(row.pk),
            asked=waiting.get(row.pk),
            replacement=reverse("call_key_replacement", args=[call.reference, row.member.label.lower()])
            if asks or (decides and row.pk in waiting)
            else "",
        )
        for row in rows
    ]


def waiting_replacements(call: Call) -> QuerySet[KeyReplacement]:
    """Return the replacements that somebody asked for and nobody decided on."""
    return KeyReplacement.objects.filter(former__call=call, decided_at=None).select_related("member__user")


def drill_shown(call: Call, user: Any, *, now: datetime) -> DrillShown | None:
    """Return the drill for those who see it, from the publication to the opening."""
    if call.published_at is None or call.opened_at is not None or not may.see_drills(call, user):
        return None
    shown = keys_shown(call, user)
    green, wanted = sum(one.green for one in shown), min(call.quorum + 1, len(shown))
    against = reasons_against(keys.DRILL, drill_facts(call, now=now))
    ask = Button(
        _("Ask for a drill"), reverse("call_keys_drill", args=[call.reference]), may.ask_drill(call, user), against
    )
    asked = any(one.drill for one in shown)
    return DrillShown(
        green=green, wanted=wanted, asked=asked, alarming=is_near(call, now=now) and green < wanted,
        begins=_begins(call, now=now), ask=ask,
    )  # fmt: skip


def _begins(call: Call, *, now: datetime) -> datetime | None:
    """Return when the clock will ask for a drill by itself, None once it has or where it never does."""
    if call.deadline is None or not settings.DRILL_DAYS:
        return None
    begins = begins_at(deadline=call.deadline, days=settings.DRILL_DAYS)
    return begins if begins > now else None

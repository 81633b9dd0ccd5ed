"""Dummy envelopes: one that waits for a holder's answer, and how many holders have answered theirs lately."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Call, KeyDrill, KeyHolder
from procurement.queries.roster import holders_of, key_of
from procurement.sealing.drill import make_drill


def new_drill(holder: KeyHolder, *, now: datetime, asked_by: Any) -> KeyDrill:
    """Write a dummy envelope for a holder who has a key; what they have not answered before is forgotten."""
    holder.drills.filter(answered_at=None).delete()
    envelope = make_drill(key_of(holder), call=holder.call.reference)
    return KeyDrill.objects.create(
        holder=holder, fingerprint=holder.fingerprint, envelope=envelope, asked_at=now, asked_by=asked_by
    )


def waiting_drill(holder: KeyHolder) -> KeyDrill | None:
    """Return the dummy envelope that a holder has not opened yet, if it is sealed to the present key."""
    return holder.drills.filter(answered_at=None, fingerprint=holder.fingerprint).first()


def green(call: Call) -> list[KeyHolder]:
    """Return the holders who opened the dummy envelope that the present drill put before them."""
    return [holder for holder in holders_of(call).prefetch_related("drills") if is_green(holder)]


def is_green(holder: KeyHolder) -> bool:
    """Tell whether a holder's last drill, asked for after the key was confirmed, was answered."""
    last = last_drill(holder)
    return last is not None and last.answered_at is not None


def last_drill(holder: KeyHolder) -> KeyDrill | None:
    """Return the drill asked for last, by a person or by the clock; the envelope that confirmed the key is none."""
    return next((drill for drill in holder.drills.all() if _is_drill(drill, holder)), None)


def _is_drill(drill: KeyDrill, holder: KeyHolder) -> bool:
    after = holder.confirmed_at is not None and drill.asked_at > holder.confirmed_at
    return drill.asked_by_id is not None or after

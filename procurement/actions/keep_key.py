"""Keep the key that a holder made in their browser."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from procurement.models import KeyHolder
from procurement.models.facts.keys import key_facts
from procurement.queries.drills import new_drill
from procurement.rules import keys
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def keep_key(
    *, holder: KeyHolder, public: bytes, private_sealed: Mapping[str, Any], actor: Any, now: datetime
) -> KeyHolder:
    """Keep the public half, and the private half as the browser locked it; a new key has to be confirmed again.

    Refuses anybody but the holder, a key that counts in a published roster (KEY-01), and what is no key (KEY-02).
    """
    locked = lock_holder(holder)
    demand_permission(locked.member.user_id == actor.pk, subject=locked, act="keep_key")
    facts = key_facts(locked, public=public, private_sealed=private_sealed)
    demand(keys.KEEP, facts, subject=locked, act="keep_key")
    locked.public_key, locked.fingerprint = public, hashlib.sha256(public).hexdigest()
    locked.private_sealed, locked.made_at, locked.confirmed_at = dict(private_sealed), now, None
    locked.save(update_fields=["public_key", "fingerprint", "private_sealed", "made_at", "confirmed_at"])
    new_drill(locked, now=now, asked_by=None)
    audit.record(
        locked, "keep_key", actor=actor, now=now, scope=locked.call.reference, details={"sha256": locked.fingerprint}
    )
    return locked


def lock_holder(holder: KeyHolder) -> KeyHolder:
    """Return the holder's row for oneself, with its seat and its call."""
    rows = KeyHolder.objects.select_for_update(of=("self",)).select_related("member", "call")
    return rows.get(pk=holder.pk)

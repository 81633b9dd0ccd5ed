"""Keys of holders in tests: real ones, whose private halves stay here, because a passphrase is slow on purpose."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from procurement.models import Call, CommitteeMember, KeyHolder, KeyReplacement
from procurement.sealing import fingerprint
from procurement.sealing.holders import make_holder_key
from tests.procurement.applying import BEFORE

PRIVATE: dict[str, bytes] = {}  # fingerprint -> private half


def new_key() -> tuple[bytes, bytes]:
    """Return a key, private and public, that this room remembers."""
    private, public = make_holder_key()
    PRIVATE[fingerprint(public)] = private
    return private, public


def give_key(call: Call, member: CommitteeMember, **fields: Any) -> KeyHolder:
    """Return a holder with a confirmed key."""
    _private, public = new_key()
    made = {"made_at": BEFORE, "confirmed_at": BEFORE, **fields}
    return KeyHolder.objects.create(
        call=call, member=member, public_key=public, fingerprint=fingerprint(public), **made
    )


def take_over(former: KeyHolder, member: CommitteeMember, *, asked_by: User, decided_by: User) -> KeyHolder:
    """Return the holder, with a confirmed key, whom two persons put in the place of another."""
    KeyReplacement.objects.create(
        former=former, member=member, reason="On leave until the end of the year.", asked_by=asked_by, agreed=True,
        decision_reason="Agreed: somebody must be there.", decided_by=decided_by, decided_at=BEFORE,
    )  # fmt: skip
    KeyHolder.objects.filter(pk=former.pk).update(replaced_at=BEFORE)
    return give_key(former.call, member, replaces=former)


def private_of(holder: KeyHolder) -> bytes:
    """Return the private half of a holder's key."""
    return PRIVATE[holder.fingerprint]

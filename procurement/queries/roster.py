"""Who holds the keys of a call now: to these, submissions are sealed from this moment on."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from procurement.models import Call, KeyHolder
from procurement.sealing import HolderKey, Roster
from workflow.kept import kept


def name_of(holder: KeyHolder) -> str:
    """Return the name of a holder inside sealed envelopes: the number of the seat, which nobody else has."""
    return str(holder.member_id)


@kept
def _keys_to_seal_to(call: int) -> QuerySet[KeyHolder]:
    rows = KeyHolder.objects.filter(_counting(), call_id=call, replaced_at=None).order_by("member_id")
    return rows.only("call_id", "member_id", "public_key", "confirmed_at")


def _counting() -> Q:
    return Q(replaces=None) | Q(confirmed_at__isnull=False)


def holders_of(call: Call) -> QuerySet[KeyHolder]:
    """Return the holders whose keys count now, in the order of their seats.

    Before the publication: those of the present committee. Afterwards only a replacement changes them, once the new
    holder has confirmed a key: a seat that ends takes no key out of a roster that others rely on.
    """
    holders = call.key_holders.select_related("member__user").order_by("member_id")
    if call.published_at is None:
        return holders.filter(member__ended_at=None, replaced_at=None)
    return holders.filter(_counting(), replaced_at=None)


def key_of(holder: KeyHolder) -> HolderKey:
    """Return the public half of a holder's key under the holder's name; refuses (ValueError) where there is none."""
    return HolderKey(name=name_of(holder), public=bytes(holder.public_key or b""))


def roster_of(call: Call) -> Roster:
    """Return the roster to seal to; refuses (ValueError) a call whose holders have not all confirmed their keys."""
    keys = []
    for holder in _keys_to_seal_to(call=call.pk) if call.published_at else holders_of(call):
        if holder.confirmed_at is None:
            raise ValueError(f"{holder.member.label} has not confirmed a key")
        keys.append(key_of(holder))
    return Roster(holders=tuple(keys), quorum=call.quorum)

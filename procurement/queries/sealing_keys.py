"""The keys that a browser seals to, as its page shows them: whose they are, and their fingerprints."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.utils.translation import gettext

from procurement.models import Application
from procurement.models.browser_copy import price_row
from procurement.queries.roster import holders_of, name_of
from procurement.sealing import fingerprint


def sealing_facts(application: Application) -> dict[str, Any]:
    """Return what a page hands to the script that seals: the place, the check of the code, quorum, holders and lock.

    `version` is the number that the next submission will have. `shown` is for people: the seat of each holder.
    """
    call = application.call
    holders = list(holders_of(call))
    lock = bytes(call.lock_public or b"")
    return {
        "call": call.reference,
        "application": application.reference,
        "check": price_row(application).key_check,
        "quorum": call.quorum,
        "holders": [{"name": name_of(one), **_key(bytes(one.public_key or b""))} for one in holders],
        "lock": _key(lock),
        "version": application.submissions.count() + 1,
        "shown": [{"label": gettext(one.member.label), "fingerprint": one.fingerprint} for one in holders],
    }


def _key(public: bytes) -> dict[str, str]:
    return {"public": b64encode(public).decode(), "fingerprint": fingerprint(public)}

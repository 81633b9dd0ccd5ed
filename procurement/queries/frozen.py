"""What an approval freezes: the rules, the criteria, the documents and the ceiling, with their digest."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from procurement.models import Call, Criterion


def snapshot_of(call: Call) -> dict[str, Any]:
    """Return what applications will be judged by, as plain JSON: figures as strings, rows in their order."""
    return {
        "reference": call.reference,
        "rules": call.rules,
        "two_envelopes": call.two_envelopes,
        "price_sealing": call.price_sealing,
        "ceiling": {
            "mode": call.ceiling_mode,
            "amount": _figure(call.ceiling_amount),
            "currency": call.currency,
            "tax": call.tax,
        },
        "criteria": [_criterion(criterion) for criterion in call.criteria.select_related("parent")],
        "requirements": [
            {
                "code": r.code, "title": r.title, "envelope": r.envelope, "formats": r.formats, "personal": r.personal,
                "compulsory": r.compulsory, "completable": r.completable, "most_files": r.most_files,
            }
            for r in call.requirements.all()
        ],
        "standstill_days": call.standstill_days,
        "completion_hours": call.completion_hours,
        "quorum": call.quorum,
    }  # fmt: skip


def digest_of(snapshot: dict[str, Any]) -> str:
    """Return the SHA-256 of a snapshot in its canonical form: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "part_of": criterion.parent.code if criterion.parent else "",
        "title": criterion.title,
        "guidance": criterion.guidance,
        "maximum": _figure(criterion.maximum),
        "minimum": _figure(criterion.minimum),
        "stage": criterion.stage,
    }


def _figure(value: Decimal | None) -> str | None:
    """Write equal figures alike: 35 and 35.00 are both “35”."""
    return None if value is None else format(value.normalize(), "f")

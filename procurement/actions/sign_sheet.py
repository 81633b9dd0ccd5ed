"""Sign a score sheet: its marks are final."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from procurement.actions.disclose_marks import disclose_when_complete
from procurement.models import ScoreSheet
from workflow.transitions import pass_through, use_case


@use_case
def sign_sheet(*, sheet: ScoreSheet, actor: Any, now: datetime) -> ScoreSheet:
    """Sign one's own complete sheet; the last expected signature shares the marks inside the panel."""
    digest = sheet_digest(sheet)
    signed = pass_through(sheet, "sign", actor=actor, now=now, sha256=digest)
    ScoreSheet.objects.filter(pk=signed.pk).update(sha256=digest)
    disclose_when_complete(call=signed.call, now=now)
    return ScoreSheet.objects.get(pk=signed.pk)


def sheet_digest(sheet: ScoreSheet) -> str:
    """Return the SHA-256 of the marks and comments in the order of the criteria's codes."""
    rows = sheet.scores.order_by("criterion__code").values_list("criterion__code", "mark", "comment")
    lines = [[code, str(mark), comment] for code, mark, comment in rows]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()

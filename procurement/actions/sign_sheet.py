"""Sign a score sheet: its marks are final."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from procurement.actions.disclose_marks import disclose_when_complete
from procurement.actions.write_score_sheets import ask_for_score_sheets
from procurement.enums import CallState, Stage
from procurement.models import ScoreSheet
from workflow.transitions import pass_through, use_case


@use_case
def sign_sheet(*, sheet: ScoreSheet, actor: Any, now: datetime) -> ScoreSheet:
    """Sign one's own complete sheet; the last expected signature shares the marks inside the panel.

    Refuses a missing mark, a mark above its maximum, a comment too short, an interview that has not taken place.
    """
    sheet.call.hold()  # the call before the sheet: the last signature moves it
    locked = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)  # nothing is written meanwhile
    digest = sheet_digest(locked)
    signed = pass_through(locked, "sign", actor=actor, now=now, sha256=digest)
    signed.sha256 = digest
    signed.save(update_fields=["sha256"])
    if signed.call.state == CallState.CONSENSUS:  # who replaces a member signs after the others
        ask_for_score_sheets(signed.call, stage=Stage(signed.stage), now=now, after=signed.pk - 1)
    disclose_when_complete(call=signed.call, now=now)
    return signed


def sheet_digest(sheet: ScoreSheet) -> str:
    """Return the SHA-256 of the marks and comments in the order of the criteria's codes, then the general comment."""
    rows = sheet.scores.order_by("criterion__code").values_list("criterion__code", "mark", "comment")
    lines = [[code, str(mark), comment] for code, mark, comment in rows]
    written = json.dumps([lines, sheet.general_comment], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()

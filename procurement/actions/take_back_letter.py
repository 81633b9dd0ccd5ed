"""Make a draft of an approved letter again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Letter
from workflow.transitions import pass_through, use_case


@use_case
def take_back_letter(*, letter: Letter, actor: Any, now: datetime) -> Letter:
    """Make a draft of an approved letter again, so that it can be changed."""
    return pass_through(letter, "take_back", actor=actor, now=now)

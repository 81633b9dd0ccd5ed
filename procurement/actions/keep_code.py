"""What an applicant does with the copy of the access code that lies with their account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.working_copy import lock_own
from procurement.models import Application, KeptCode
from procurement.models.access import Access
from procurement.queries.kept_codes import access_under, kept_code_of, sealed_code
from procurement.rules import submission
from workflow import audit
from workflow.transitions import demand, use_case


@use_case
def keep_code(*, application: Application, password: str, actor: Any, now: datetime) -> KeptCode:
    """Keep the code under the password of the account, which whoever calls has had proved; refuses without the code."""
    locked = lock_own(application, actor=actor, act="keep_code")
    facts = submission.RepeatFacts(unlocked=locked.access is not None)
    demand((submission.UNLOCKED,), facts, subject=locked, act="keep_code")
    assert locked.access is not None
    sealed = sealed_code(locked, actor, locked.access.code, password)
    kept, _new = KeptCode.objects.update_or_create(
        application=locked, user=actor, defaults={"sealed": sealed, "kept_at": now, "lost_at": None}
    )
    audit.record(locked, "keep_code", actor=actor, now=now)
    return kept


@use_case
def open_kept_code(*, application: Application, password: str, actor: Any, now: datetime) -> Access | None:
    """Return the access that the password opens, and note it; None when the copy was sealed under an earlier password."""
    locked = lock_own(application, actor=actor, act="open_kept_code")
    kept = kept_code_of(locked, actor)
    access = access_under(kept, password) if kept else None
    if access is not None:
        audit.record(locked, "open_kept_code", actor=actor, now=now)
    return access


@use_case
def forget_code(*, application: Application, actor: Any, now: datetime) -> Application:
    """Keep the code with the account no longer."""
    locked = lock_own(application, actor=actor, act="forget_code")
    kept = kept_code_of(locked, actor)
    if kept is not None:
        kept.delete()
        audit.record(locked, "forget_code", actor=actor, now=now)
    return locked

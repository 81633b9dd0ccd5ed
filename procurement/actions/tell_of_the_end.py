"""Tell everybody concerned that a call has ended without award."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.enums import Role
from procurement.actions.draft_letters import write_drafts
from procurement.actions.tell import tell
from procurement.actions.write_end_notice import write_end_notice
from procurement.models import Call
from procurement.queries.people import holders_of
from workflow import outbox
from workflow.transitions import use_case


@use_case
def tell_of_the_end(*, call: Call, actor: Any, now: datetime) -> None:
    """Have the public notice written and the subscribers told; draft a letter for each applicant whom the opening named.

    An officer reads the letters before they go. Where nothing was opened nobody is named and there is no letter; where
    the public never saw the call, nothing is told.
    """
    if call.published_at is None:
        return
    write_end_notice(call=call, actor=actor, now=now)
    outbox.post(
        "procurement.announce_call", key=f"ended:{call.pk}", now=now, scope=call.reference, call_id=call.pk,
        kind="call_ended",
    )  # fmt: skip
    if call.opened_at is None or not write_drafts(call=call, actor=actor, now=now):
        return
    for officer in holders_of(call, Role.OFFICER):
        tell(kind="letters_to_read", to=officer, key=str(call.pk), now=now, call=call)

"""The facts of a member before a paper, a session or a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procurement.enums import FINAL
from procurement.rules.attendance import AttendanceFacts
from procurement.rules.impartiality import ImpartialityFacts
from procurement.rules.signing import SigningFacts

if TYPE_CHECKING:
    from procurement.models import Application, CommitteeMember, OpeningSession, Paper


def attendance_facts(member: CommitteeMember | None, *, session: OpeningSession) -> AttendanceFacts:
    """Gather what the confirmation of a presence depends on."""
    key = getattr(member, "key", None)
    return AttendanceFacts(
        running=session.ended_at is None,
        accepted=member is not None and member.accepted_at is not None,
        key_missing=key is not None and key.confirmed_at is None,
    )


def signing_facts(paper: Paper, *, member: CommitteeMember | None, dissent: str = "") -> SigningFacts:
    """Gather what signing a paper depends on."""
    newer = type(paper).objects.filter(
        call_id=paper.call_id,
        kind=paper.kind,
        application_id=paper.application_id,
        member_id=paper.member_id,
        number__gt=paper.number,
    )
    return SigningFacts(
        written=bool(paper.file_id),
        latest=not newer.exists(),
        signed=member is not None and paper.signatures.filter(member=member).exists(),
        dissent_length=len(dissent.strip()),
    )


def impartiality_facts(
    member: CommitteeMember,
    *,
    conflict: bool = False,
    with_applications: list[Application] | None = None,
    statement: str = "",
) -> ImpartialityFacts:
    """Gather what a declaration depends on; an application of another call, or one without a label, is unknown."""
    named = list(with_applications or [])
    return ImpartialityFacts(
        list_known=member.call.opened_at is not None,
        over=member.call.state in FINAL,
        accepted=member.accepted_at is not None,
        declared=_declared(member),
        conflict=conflict,
        named=len(named),
        unknown=sum(not a.label or a.call_id != member.call_id for a in named),
        statement_length=len(statement.strip()),
    )


def _declared(member: Any) -> bool:
    return hasattr(member, "declaration")

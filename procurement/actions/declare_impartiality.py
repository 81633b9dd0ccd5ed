"""Declare one's impartiality for the list of applicants, or a conflict of interest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.enums import Role
from accounts.models import User
from accounts.queries import holders_of
from procurement import permissions as may
from procurement.actions.create_sheets import create_sheets_of
from procurement.actions.tell import tell
from procurement.actions.void_sheets import void_sheets
from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import Application, Call, CommitteeMember, Declaration
from procurement.models.facts.attendance import impartiality_facts
from procurement.queries.impartiality import list_digest, list_of_applicants, seat_of
from procurement.queries.papers.declaration import declaration_paper
from procurement.rules import impartiality
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def declare_impartiality(
    *,
    call: Call,
    actor: User,
    now: datetime,
    conflict: bool = False,
    with_applications: Sequence[Application] = (),
    statement: str = "",
) -> CommitteeMember:
    """Sign, for one's own seat, that there is no conflict with this list; or declare one, which ends the seat at once.

    A conflict may also be declared later, after marks were given: they become void (Financial Regulation art. 61).
    Refuses before the opening, a second declaration, and a conflict without its applications and its reason.
    """
    demand_permission(may.declare_impartiality(call, actor), subject=call, act="declare_impartiality")
    call.hold(shared=True)
    seat = seat_of(call, actor)
    assert seat is not None  # the permission
    member = CommitteeMember.objects.select_for_update(of=("self",)).select_related("call", "user").get(pk=seat.pk)
    facts = impartiality_facts(
        member, conflict=conflict, with_applications=list(with_applications), statement=statement
    )
    demand(impartiality.DECLARE, facts, subject=call, act="declare_impartiality")
    if not facts.declared:
        _declare(member, conflict=conflict, with_applications=with_applications, statement=statement, now=now)
    details = {"member": member.pk, "conflict": conflict, "applications": [a.pk for a in with_applications]}
    audit.record(member, "declare_impartiality", actor=actor, now=now, scope=call.reference, details=details)
    if conflict:
        _leave(member, statement=statement, actor=actor, now=now)
    else:
        create_sheets_of(member, actor=actor, now=now)
    return member


def _declare(
    member: CommitteeMember, *, conflict: bool, with_applications: Sequence[Application], statement: str, now: datetime
) -> None:
    lines = list_of_applicants(member.call)
    declaration = Declaration.objects.create(
        member=member, list_sha256=list_digest(lines), conflict=conflict, statement=statement.strip(), signed_at=now
    )
    declaration.with_applications.set(with_applications)
    write_paper(
        call=member.call,
        kind=PaperKind.DECLARATION,
        template="declaration",
        paper_facts=declaration_paper(declaration, lines=lines, now=now),
        actor=member.user,
        now=now,
        member=member,
    )


def _leave(member: CommitteeMember, *, statement: str, actor: User, now: datetime) -> None:
    """End the seat for a conflict: no access from the next request on; the officer is asked for a replacement."""
    void_sheets(member=member, actor=actor, now=now)
    member.ended_at, member.ended_by, member.conflict = now, actor, statement.strip()
    member.save(update_fields=["ended_at", "ended_by", "conflict"])
    audit.record(member, "end_seat", actor=actor, now=now, scope=member.call.reference, details={"conflict": True})
    for officer in holders_of(organisation=member.call.organisation, role=Role.OFFICER):
        tell(
            kind="conflict_declared",
            to=officer,
            call=member.call,
            key=str(member.pk),
            now=now,
            member=member.label,
            seat=member.seat,
        )

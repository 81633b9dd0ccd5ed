"""Open the technical envelopes."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.actions.end_session import conclude
from procurement.actions.tell import tell
from procurement.actions.unseal_envelopes import ask_lock, unseal_envelopes
from procurement.actions.write_paper import write_paper
from procurement.enums import ApplicationState, EnvelopeKind, PaperKind
from procurement.models import Application, Call, OpeningSession
from procurement.queries.opening import labelled, running_session
from procurement.queries.papers.opening_report import opening_report
from workflow.transitions import demand_permission, pass_all_through, pass_through, use_case


@use_case
def open_technical(*, call: Call, actor: User, now: datetime, remarks: str = "", partly: bool = False) -> Call:
    """Open, with the pieces of the quorum and the part of the lock, every application that counts; late ones stay closed.

    Refuses while the lock is away (LCK-01), and while an envelope waits for one more holder (OPN-17) unless `partly`.

    Labels E1, E2… go to all that came, late ones included, in the order in which they were begun.
    The opening report is written, and each member is asked to declare their impartiality for the list.
    """
    demand_permission(may.open_envelopes(call, actor), subject=call, act="open_technical")
    session = running_session(call, EnvelopeKind.TECHNICAL)
    answer = ask_lock(session)
    opened = pass_through(call, "open_technical", actor=actor, now=now)
    assert session is not None  # a guard of the arrow
    give_labels(opened)
    unseal_envelopes(session=session, answer=answer, partly=partly, actor=actor, now=now)
    received = opened.applications.filter(state=ApplicationState.SUBMITTED)
    pass_all_through(received, "open", actor=actor, now=now)
    conclude(session, opened=True, remarks=remarks, now=now)
    report(session, kind=PaperKind.OPENING_REPORT, actor=actor, now=now)
    for member in opened.members.filter(ended_at=None).select_related("user"):
        tell(kind="declaration_due", to=member.user, call=opened, key=str(member.pk), now=now)
    return opened


def give_labels(call: Call) -> None:
    """Give each application that came its label, in order of creation."""
    applications = list(labelled(call))
    for number, application in enumerate(applications, start=1):
        application.label = f"E{number}"
    Application.objects.bulk_update(applications, ["label"], batch_size=500)


def report(session: OpeningSession, *, kind: PaperKind, actor: User | None, now: datetime) -> None:
    """Have the report of a session written."""
    write_paper(
        call=session.call,
        kind=kind,
        template="opening_report",
        paper_facts=opening_report(session, now=now),
        actor=actor,
        now=now,
    )

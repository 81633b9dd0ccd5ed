"""Open the technical envelopes."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement.actions.end_session import conclude
from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import ApplicationState, EnvelopeKind, PaperKind
from procurement.models import Application, Call, Envelope, OpeningSession
from procurement.queries.opening import current_submissions, labelled, running_session
from procurement.queries.papers.opening_report import opening_report
from workflow.transitions import pass_all_through, pass_through, use_case


@use_case
def open_technical(*, call: Call, actor: User, now: datetime, remarks: str = "") -> Call:
    """Open, in the presence of the quorum, every application that counts; late ones stay closed.

    Labels E1, E2… go to all that came, late ones included, in the order in which they were begun.
    The opening report is written, and each member is asked to declare their impartiality for the list.
    """
    opened = pass_through(call, "open_technical", actor=actor, now=now)
    session = running_session(opened, EnvelopeKind.TECHNICAL)
    assert session is not None  # a guard of the arrow
    give_labels(opened)
    open_envelopes(opened, kind=EnvelopeKind.TECHNICAL, states=(ApplicationState.SUBMITTED,), now=now)
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


def open_envelopes(call: Call, *, kind: EnvelopeKind, states: tuple[ApplicationState, ...], now: datetime) -> None:
    """Open the envelopes of one kind of the submissions that count, and of no other."""
    counting = list(current_submissions(call, states=states).values_list("pk", flat=True))
    Envelope.objects.filter(submission__in=counting, kind=kind, opened_at=None).update(opened_at=now)


def report(session: OpeningSession, *, kind: PaperKind, actor: User, now: datetime) -> None:
    """Have the report of a session written."""
    write_paper(
        call=session.call,
        kind=kind,
        template="opening_report",
        paper_facts=opening_report(session, now=now),
        actor=actor,
        now=now,
    )

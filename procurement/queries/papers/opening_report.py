"""The facts of the report of an opening: who was there, what came, what was opened, what stays closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext, ngettext, override

from procurement.enums import ApplicationState, EnvelopeKind, PaperKind, Seat
from procurement.letters.facts import EnvelopeKind as Kind
from procurement.letters.facts import Milestone
from procurement.letters.opening_report import Attendance, EnvelopeState, Opened, OpeningReport
from procurement.letters.outcomes import Outcome, Reception
from procurement.models import Call, OpeningSession, Submission
from procurement.queries.findings import warnings_for
from procurement.queries.impartiality import committee_of
from procurement.queries.opening import current_submissions, submissions_root
from procurement.queries.papers.frame import applicant_facts, call_facts, lines_to_sign, member_facts
from procurement.queries.papers.prices import price_lines
from procurement.queries.proofs import incidents
from workflow.log.anchors import latest_note
from workflow.templatetags.instants import instant_text

CLOSED = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.LATE, ApplicationState.SUBMITTED)
OPENED = {  # also when the report is written again after a while
    EnvelopeKind.TECHNICAL: tuple(state for state in ApplicationState if state not in CLOSED),
    EnvelopeKind.FINANCIAL: (
        ApplicationState.PRICE_OPENED, ApplicationState.RANKED, ApplicationState.WINNER, ApplicationState.NOT_SELECTED,
    ),
}  # fmt: skip
KIND = {EnvelopeKind.TECHNICAL: PaperKind.OPENING_REPORT, EnvelopeKind.FINANCIAL: PaperKind.FINANCIAL_OPENING_REPORT}
CODE = {EnvelopeKind.TECHNICAL: "PV-T", EnvelopeKind.FINANCIAL: "PV-F"}


def opening_report(session: OpeningSession, *, now: datetime) -> OpeningReport:
    """Return the report of a session that has just opened its envelopes (PRAG annex b10)."""
    call, kind = session.call, EnvelopeKind(session.kind)
    heading = call_facts(call)
    opened = list(_with_people(current_submissions(call, states=OPENED[kind])))
    leaders = [m for m in committee_of(call) if m.seat in (Seat.CHAIR, Seat.SECRETARY)]
    with override(heading.language):
        remarks = _remarks(call, opened, kind=kind, now=now)
        closed = _left_sealed(call, opened, kind=kind)
        return OpeningReport(
            call=heading,
            number=f"{call.reference}/{CODE[kind]}{call.papers.filter(kind=KIND[kind]).count() + 1}",
            issued_at=now,
            envelope=cast(Kind, str(kind)),
            started_at=session.started_at,
            closed_at=now,
            needed=call.quorum,
            holders=call.key_holders.filter(member__ended_at=None).count(),
            attendance=_attendance(session),
            opened=tuple(_opened(one, remark=remarks[one.application_id], kind=kind) for one in opened),
            left_sealed=closed,
            committee=tuple(member_facts(member) for member in committee_of(call)),
            timeline=_timeline(call),
            minutes=session.remarks,
            incidents=(*incidents(call, session), *_findings(opened, kind=kind)),
            root=submissions_root(call),
            checkpoint=latest_note(now=now),
            conclusion=_conclusion(len(opened), len(closed)),
            signatures=lines_to_sign(leaders, language=heading.language),
        )


def _with_people(submissions: Any) -> Any:
    return submissions.select_related("application__user", "application__organisation").prefetch_related(
        "envelopes__documents__requirement"
    )


def _attendance(session: OpeningSession) -> tuple[Attendance, ...]:
    presences = session.presences.select_related("member__user")
    return tuple(
        Attendance(member=member_facts(p.member), confirmed_at=p.confirmed_at, released_at=p.released_at)
        for p in presences
    )


def _remarks(call: Call, opened: list[Submission], *, kind: EnvelopeKind, now: datetime) -> dict[int, str]:
    if kind == EnvelopeKind.FINANCIAL:
        unopened = {one.application_id: gettext("the envelope did not open") for one in opened}
        return unopened | price_lines(call, [one.application for one in opened], now=now)
    return {one.application_id: _documents(one) for one in opened}


def _documents(submission: Submission) -> str:
    count = sum(len(e.documents.all()) for e in submission.envelopes.all() if e.kind == EnvelopeKind.TECHNICAL)
    return ngettext("%(count)s document", "%(count)s documents", count) % {"count": count}


def _findings(opened: list[Submission], *, kind: EnvelopeKind) -> Iterator[str]:
    """Yield a line for each opened file in which something deserves a warning."""
    for submission in opened:
        documents = [d for e in submission.envelopes.all() if e.kind == kind for d in e.documents.all()]
        for document in documents:
            if said := warnings_for(document.findings):
                named = {
                    "label": submission.application.label,
                    "code": document.requirement.code,
                    "name": document.name,
                }
                yield gettext("%(label)s, %(code)s “%(name)s”: %(said)s.") % {**named, "said": ", ".join(said)}


def _opened(submission: Submission, *, remark: str, kind: EnvelopeKind) -> Opened:
    return Opened(
        reception=_reception(submission, "received"),
        technical=_state(submission, EnvelopeKind.TECHNICAL),
        financial=_state(submission, EnvelopeKind.FINANCIAL) if kind == EnvelopeKind.FINANCIAL else _kept(submission),
        remark=remark,
    )


def _state(submission: Submission, kind: EnvelopeKind) -> EnvelopeState:
    """Tell whether an envelope is open: one that did not open stays sealed."""
    found = next((envelope for envelope in submission.envelopes.all() if envelope.kind == kind), None)
    if found is None:
        return "absent"
    return "sealed" if found.opened_at is None else "opened"


def _kept(submission: Submission) -> EnvelopeState:
    kinds = {envelope.kind for envelope in submission.envelopes.all()}
    return "sealed" if EnvelopeKind.FINANCIAL in kinds else "absent"


def _reception(submission: Submission, outcome: Outcome, reason: str = "") -> Reception:
    return Reception(
        applicant=applicant_facts(submission.application),
        received_at=submission.submitted_at,
        outcome=outcome,
        reason=reason,
    )


def _left_sealed(call: Call, opened: list[Submission], *, kind: EnvelopeKind) -> tuple[Reception, ...]:
    """List every submission whose envelope stays closed: late, withdrawn, replaced; at the prices, those left behind."""
    if kind == EnvelopeKind.FINANCIAL:
        return tuple(_left_behind(call))
    rest = Submission.objects.filter(application__call=call).exclude(pk__in=[one.pk for one in opened])
    rest = rest.select_related("application__user", "application__organisation").order_by("submitted_at", "id")
    return tuple(_closed(submission) for submission in rest)


def _closed(submission: Submission) -> Reception:
    zone = submission.application.call.timezone
    if submission.withdrawn_at:
        when = instant_text(submission.withdrawn_at, zone=zone, style="seconds")
        return _reception(submission, "withdrawn", gettext("Withdrawn on %(when)s.") % {"when": when})
    if submission.late:
        deadline = instant_text(submission.deadline, zone=zone, style="seconds")
        return _reception(submission, "late", gettext("The deadline was %(deadline)s.") % {"deadline": deadline})
    return _reception(submission, "superseded")


LEFT_BEHIND: dict[str, Outcome] = {
    ApplicationState.BELOW_THRESHOLD: "below_threshold",
    ApplicationState.NON_COMPLIANT: "non_compliant",
}


def _left_behind(call: Call) -> Iterable[Reception]:
    states = tuple(ApplicationState(state) for state in LEFT_BEHIND)
    for submission in _with_people(current_submissions(call, states=states)):
        yield _reception(submission, LEFT_BEHIND[submission.application.state])


def _timeline(call: Call) -> tuple[Milestone, ...]:
    moments = [
        (gettext("Publication"), call.published_at),
        (gettext("Deadline"), call.latest_deadline()),
        (gettext("Opening"), call.opened_at),
        (gettext("Opening of the prices"), call.prices_opened_at),
    ]
    return tuple(Milestone(label=label, starts_at=moment) for label, moment in moments if moment)


def _conclusion(opened: int, closed: int) -> str:
    return gettext("Opened: %(opened)s. Left sealed: %(closed)s.") % {"opened": opened, "closed": closed}

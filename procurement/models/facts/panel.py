"""The facts of the committee's work: what is expected, and what of it is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from procurement.enums import ApplicationState, CallState, PaperKind, Seat, SheetState, Stage, Verdict
from procurement.rules.panel import PanelFacts

if TYPE_CHECKING:
    from procurement.models import Call

IN_EVALUATION = (ApplicationState.COMPLIANT,)


def panel_facts(call: Call, *, now: datetime) -> PanelFacts:
    """Gather where the committee stands."""
    members = list(call.members.filter(ended_at=None).select_related("declaration"))
    compliant = list(call.applications.filter(state__in=IN_EVALUATION).only("id", "label", "invited", "call_id"))
    invited = [a for a in compliant if a.invited]
    signed = _signed_sheets(call)
    opening_report = _latest(call, PaperKind.OPENING_REPORT)
    technical_report = _latest(call, PaperKind.TECHNICAL_REPORT)
    voting = [m for m in members if m.seat == Seat.EVALUATOR]
    leading = [m for m in members if m.seat in (Seat.CHAIR, Seat.SECRETARY)]
    has_interview = call.criteria.filter(stage=Stage.INTERVIEW).exists()
    return PanelFacts(
        now=now,
        voting=len(voting),
        minimum_voting=int(call.rules.get("minimum_voting", 1)),
        undeclared=tuple(m.label for m in voting + leading if not hasattr(m, "declaration")),
        opening_report_ready=bool(opening_report and opening_report.file_id),
        opening_report_unsigned=unsigned(opening_report, leading),
        undecided_items=_labels(_opened(call).filter(compliance_items__verdict=Verdict.PENDING)),
        open_requests=_labels(
            _opened(call).filter(completion_request__answered_at=None, completion_request__due_at__gt=now)
        ),
        undecided_applications=_labels(_opened(call)),
        compliant=len(compliant),
        missing_file_sheets=_missing(voting, compliant, Stage.FILE, signed),
        interview_configured=has_interview,
        interview_held=interview_held(call),
        invited=len(shortlisted(call)) if call.state == CallState.CONSENSUS and has_interview else len(invited),
        missing_interview_sheets=_missing(voting, invited, Stage.INTERVIEW, signed),
        unsettled=tuple(_unsettled(call, compliant)),
        technical_report_ready=bool(technical_report and technical_report.file_id),
        technical_report_unsigned=unsigned(technical_report, voting),
        technical_report_outdated=technical_report is not None and _changed_since(call, technical_report.created_at),
    )


def _opened(call: Call) -> Any:
    return call.applications.filter(state=ApplicationState.OPENED)


def _labels(applications: Any) -> tuple[str, ...]:
    return tuple(applications.order_by("id").values_list("label", flat=True).distinct())


def _signed_sheets(call: Call) -> set[tuple[int, int, str]]:
    rows = call.sheets.filter(state=SheetState.SIGNED).values_list("member_id", "application_id", "stage")
    return set(rows)


def _missing(
    voting: list[Any], applications: list[Any], stage: Stage, signed: set[tuple[int, int, str]]
) -> tuple[str, ...]:
    return tuple(
        f"{member.label} {application.label}"
        for member in voting
        for application in applications
        if (member.pk, application.pk, stage.value) not in signed
    )


def _latest(call: Call, kind: PaperKind) -> Any:
    return call.papers.filter(kind=kind).order_by("-number").first()


def unsigned(paper: Any, members: Iterable[Any]) -> tuple[str, ...]:
    """Return the labels of members who have not signed the present digest of a paper."""
    if paper is None:
        return tuple(member.label for member in members)
    done = set(paper.signatures.filter(sha256=paper.sha256).values_list("member_id", flat=True))
    return tuple(member.label for member in members if member.pk not in done)


def _changed_since(call: Call, moment: datetime) -> bool:
    """Tell whether what a report says was changed after it was written: a consensus, or the sheets that count."""
    settled = call.applications.filter(consensus__settled_at__gt=moment)
    left = call.members.filter(seat=Seat.EVALUATOR, ended_at__gt=moment)
    signed = call.sheets.filter(state=SheetState.SIGNED, signed_at__gt=moment)
    return bool(settled.exists() or left.exists() or signed.exists())


def _unsettled(call: Call, compliant: list[Any]) -> list[str]:
    settled = set(call.applications.filter(consensus__settled_at__isnull=False).values_list("id", flat=True))
    return [application.label for application in compliant if application.pk not in settled]


def shortlisted(call: Call) -> list[int]:
    """Return the compliant applications whose mean mark on file reaches the mark from which they are invited.

    The mark on file is the mean of the signed sheets, whichever mark the rule set makes count in the end.
    """
    from procurement.models.marks import mean_marks

    compliant = list(call.applications.filter(state__in=IN_EVALUATION).values_list("pk", flat=True))
    limit = call.rule_number("shortlist_mark")
    means = mean_marks(call, stage=Stage.FILE, among=compliant)
    return [pk for pk in compliant if pk in means and means[pk] >= limit]


def awaits_interview(call: Call, application_id: int) -> bool:
    """Tell whether an application is to be heard before its consensus can be settled."""
    from procurement.models.marks import mean_marks

    if not call.criteria.filter(stage=Stage.INTERVIEW).exists() or interview_held(call):
        return False
    mean = mean_marks(call, stage=Stage.FILE, among=[application_id]).get(application_id)
    return mean is not None and mean >= call.rule_number("shortlist_mark")


def interview_held(call: Call) -> bool:
    """Tell whether the interviews are over."""
    return bool(call.state != CallState.INTERVIEW and call.applications.filter(invited=True).exists())

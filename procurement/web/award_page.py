"""What the page of the award shows: every step from the report to the archive, and the acts of the person who looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from procurement import permissions as may
from procurement.enums import CallState, LetterState, PaperKind, Seat
from procurement.models import Award, Call, Paper
from procurement.models.facts.award import award_facts, call_letters
from procurement.queries.award_notice import notice_paper
from procurement.queries.impartiality import seat_of
from procurement.queries.run import read_run
from procurement.rules import awarding
from procurement.web.acts import Button, button, reasons_against
from procurement.web.links import address
from procurement.web.opening_page import report_of
from procurement.web.ranking_page import answer
from procurement.web.tabs import may_open
from workflow.templatetags.instants import instant_text
from workflow.templatetags.zones import zone_text

S = CallState
ORDER = [S.RANKED, S.AWARD_PROPOSED, S.AWARD_DECIDED, S.STANDSTILL, S.AWARDED, S.CONTRACTED, S.ARCHIVED]


@dataclass(frozen=True)
class Step:
    """One row of the way from the report to the archive; `kind` is done, now, warn or empty."""

    label: str
    hint: str
    state: str
    kind: str
    url: str = ""


def award_context(call: Call, user: Any, *, now: datetime) -> dict[str, Any]:
    """Return the context of the page for one person."""
    award = live_award(call)
    report = latest_report(call)
    run = call.engine_runs.defer("problem").order_by("-number").first()
    facts = award_facts(call, now=now)
    return {
        "now": now,
        "award": award,
        "answer": answer(read_run(run)) if run else {},
        "report": _report(report, user) if report else None,
        "report_current": facts.report_ready,
        "way": way(call, user, award=award, report=report, unsigned=facts.report_unsigned),
        "write": _write(call, user, facts),
        "propose": button(call, "propose_award", user, now=now, url=reverse("award_proposal", args=[call.reference]),
                          label=_("Propose the award to the authority")),
        "decide": button(call, "decide_award", user, now=now, url=reverse("award_decision", args=[call.reference]),
                         label=_("Decide the award")),
        "may_return": call.state == S.AWARD_PROPOSED and may.decide_award(call, user),
        "may_withdraw": call.state in (S.STANDSTILL, S.AWARDED) and may.decide_award(call, user),
        "proposed": proposed(call, run) if call.state == S.AWARD_PROPOSED else None,
        "withdrawn": list(call.awards.filter(withdrawn_at__isnull=False).select_related("application", "withdrawn_by")),
    }  # fmt: skip


def live_award(call: Call) -> Award | None:
    """Return the award that stands."""
    rows = call.awards.filter(withdrawn_at=None)
    return rows.select_related("application__user", "application__organisation", "decided_by", "run").first()


def latest_report(call: Call) -> Paper | None:
    """Return the evaluation report that was written last."""
    rows = call.papers.filter(kind=PaperKind.EVALUATION_REPORT).select_related("call", "file")
    return rows.prefetch_related("signatures__member__user").order_by("-number").first()


def proposed(call: Call, run: Any) -> dict[str, Any] | None:
    """Return who is proposed and at what price, for the authority."""
    label = run.result["winner"] if run else None
    if not label:
        return None
    application = call.applications.select_related("user", "organisation").get(label=label)
    price = next((one.get("price") for one in run.problem["applications"] if one["ref"] == label), None)
    return {"application": application, "price": price}


def _report(report: Paper, user: Any) -> dict[str, Any]:
    shown = report_of(report, user, seat=seat_of(report.call, user))
    return {**shown, "expected": [m for m in shown["expected"] if m.seat == Seat.EVALUATOR]}


def _write(call: Call, user: Any, facts: awarding.AwardFacts) -> Button:
    permitted = call.state == S.RANKED and may.lead_committee(call, user)
    against = reasons_against(awarding.REPORTABLE, facts) if permitted else []
    url = reverse("award_report", args=[call.reference])
    return Button(_("Write the evaluation report"), url, permitted=permitted, objections=against)


def way(call: Call, user: Any, *, award: Award | None, report: Paper | None, unsigned: tuple[str, ...]) -> list[Step]:
    """Return the steps from the report to the archive, with what each one waits for."""
    at = ORDER.index(S(call.state)) if call.state in ORDER else -1
    letters = call_letters(call)
    return [
        _step(_("Evaluation report"), _report_hint(report, unsigned), done=at > 0, now=at == 0),
        _step(_("Proposal to the authority"), "", done=at > 0, now=at == 0 and report is not None and not unsigned),
        _step(_("Decision"), _decided(call, award), done=at > 1, now=at == 1),
        _step(
            _("Letters"),
            _letters_hint(letters),
            done=at > 2,
            now=at == 2,
            url=_open("letters", "call_letters", call, user),
        ),
        _step(_("Standstill"), _standstill(call), done=at > 3, now=at == 3),
        _step(_("Award notice"), "", done=at > 3, now=False, url=_notice(call) if at > 3 else ""),
        _step(_("Contract"), "", done=at > 4, now=at == 4, url=_closing(call, user, "call_contract", at >= 4)),
        _step(_("Archive"), "", done=at > 5, now=at == 5, url=_closing(call, user, "call_archive", at >= 5)),
    ]


def _step(label: str, hint: str, *, done: bool, now: bool, url: str = "") -> Step:
    if done:
        return Step(label, hint, _("Done"), "done", url)
    return Step(label, hint, _("Now") if now else _("To come"), "now" if now else "", url)


def _report_hint(report: Paper | None, unsigned: tuple[str, ...]) -> str:
    if report is None:
        return _("not written yet")
    return (
        _("waits for the signature of %(names)s") % {"names": ", ".join(unsigned)} if unsigned else _("signed by all")
    )


def _decided(call: Call, award: Award | None) -> str:
    if award is None:
        return ""
    day = instant_text(award.decided_at, zone=call.timezone)
    return _("%(label)s, on %(day)s") % {"label": award.application.label, "day": day}


def _letters_hint(letters: list[tuple[str, str]]) -> str:
    if not letters:
        return ""
    sent = sum(state == LetterState.SENT for _label, state in letters)
    return _("%(sent)s sent of %(count)s") % {"sent": sent, "count": len(letters)}


def _standstill(call: Call) -> str:
    if call.standstill_until is None:
        return _("none") if call.standstill_days == 0 else ""
    until, zone = (
        instant_text(call.standstill_until, zone=call.timezone),
        zone_text(call.standstill_until, zone=call.timezone),
    )
    return _("until %(until)s, %(zone)s") % {"until": until, "zone": zone}


def _open(tab: str, name: str, call: Call, user: Any) -> str:
    return address(name, call.reference) if may_open(tab, call, user) else ""


def _notice(call: Call) -> str:
    return address("public_call", call.reference) if notice_paper(call) else ""


def _closing(call: Call, user: Any, name: str, reached: bool) -> str:
    return address(name, call.reference) if reached and closes_file(call, user) else ""


def closes_file(call: Call, user: Any) -> bool:
    """Tell whether this person looks at the contract and the archive; only the officer acts there."""
    return may.has_role(call, user, Role.OFFICER, Role.AUTHORITY, Role.AUDITOR)

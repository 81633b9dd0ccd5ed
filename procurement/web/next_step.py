"""The next step of a call: what it is, on whom it waits, and its conditions one by one, met or missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from procurement import permissions
from procurement.enums import CallState as S
from procurement.enums import Seat
from procurement.models import Call
from procurement.web.condition_names import CONDITION_NAMES
from procurement.web.draft_parts import LinkedReason, linked
from procurement.web.links import address
from procurement.web.tabs import may_open
from workflow import transitions
from workflow.refusals import Reason

OFFICER, APPROVER, AUTHORITY = _("the officer"), _("the approver"), _("the authority")
CHAIR, SECRETARY, CLOCK = _("the chair"), _("the secretary"), _("the clock")
EVALUATORS = _("the evaluators")


@dataclass(frozen=True)
class Step:
    """An arrow, how its act is called, on whom it waits, and the page where it is done."""

    arrow: str
    title: Any
    whom: Any
    page: str
    due: str = ""

    @property
    def begun(self) -> str:
        """Return the title as it stands after a colon."""
        return str(self.title)[:1].lower() + str(self.title)[1:]


STEPS: dict[str, Step] = {
    S.DRAFT: Step("send_to_review", _("Send to the approver"), OFFICER, "call_draft"),
    S.IN_REVIEW: Step("approve", _("Approve the call"), APPROVER, "call_review"),
    S.APPROVED: Step("publish", _("Publish the call"), OFFICER, "", "publish_at"),
    S.PUBLISHED: Step("close", _("The collection closes"), CLOCK, "", "deadline"),
    S.SUSPENDED: Step("resume", _("Resume the call"), APPROVER, "call_resumption"),
    S.CLOSED: Step("open_technical", _("Open the technical envelopes"), SECRETARY, "call_opening", "opening_at"),
    S.OPENED: Step("start_compliance", _("Start the compliance check"), CHAIR, "call_opening", "compliance_at"),
    S.COMPLIANCE: Step("start_evaluation", _("Start the evaluation"), CHAIR, "call_compliance"),
    S.EVALUATION: Step("start_consensus", _("Share the marks for the consensus"), EVALUATORS, "call_evaluation", "scoring_until"),
    S.CONSENSUS: Step("sign_technical", _("Settle the technical marks"), CHAIR, "call_evaluation"),
    S.INTERVIEW: Step("end_interviews", _("End the interviews"), CHAIR, "call_evaluation"),
    S.TECHNICAL_SIGNED: Step("open_financial", _("Open the financial envelopes"), SECRETARY, "call_opening", "financial_opening_at"),
    S.FINANCIAL_OPENED: Step("rank", _("Rank the applications"), SECRETARY, "call_ranking"),
    S.RANKED: Step("propose_award", _("Propose the award"), CHAIR, "call_award"),
    S.AWARD_PROPOSED: Step("decide_award", _("Decide the award"), AUTHORITY, "call_award", "decision_at"),
    S.AWARD_DECIDED: Step("start_standstill", _("Send the letters"), OFFICER, "call_letters"),
    S.STANDSTILL: Step("award", _("The award becomes final"), CLOCK, "", "standstill_until"),
    S.AWARDED: Step("record_contract", _("Record the contract"), OFFICER, "call_contract"),
    S.CONTRACTED: Step("archive", _("Archive the file"), OFFICER, "call_archive"),
}  # fmt: skip
# Guards that say nothing while the one they follow refuses: a page must not show them as met meanwhile.
FOLLOWS = {
    "OPN-15": "OPN-05", "OPN-16": "OPN-09", "PAN-13": "PAN-14", "PAN-17": "PAN-16", "PAN-18": "PAN-16",
    "AWD-07": "AWD-06", "AWD-10": "AWD-18", "AWD-11": "AWD-18",
}  # fmt: skip
ONE_ENVELOPE = Step("rank", _("Rank the applications"), SECRETARY, "call_ranking")


@dataclass(frozen=True)
class Condition:
    """One condition of the step."""

    label: Any
    met: bool
    sentence: str = ""
    url: str = ""
    later: bool = False  # it can only be met once another one is


def step_of(call: Call) -> Step | None:
    """Return the step that comes next, None when the call is over."""
    if call.state == S.TECHNICAL_SIGNED and not call.two_envelopes:
        return ONE_ENVELOPE
    return STEPS.get(call.state)


def page_of(call: Call, step: Step) -> str:
    """Return the address where a step is done; empty for the clock's and for pages that do not exist here."""
    return address(step.page, call.reference) if step.page else ""


def may_act(call: Call, step: Step, user: Any) -> bool:
    """Tell whether the step is this person's to take."""
    return bool(step.whom is not CLOCK and transitions.may(call, step.arrow, actor=user))


def waits_on(call: Call, step: Step, user: Any, conditions: list[Condition]) -> bool:
    """Tell whether the step waits on this person now; one of the evaluators does so only once they have all signed."""
    others = step.whom is EVALUATORS and not all(condition.met for condition in conditions)
    return may_act(call, step, user) and not others


def conditions_of(call: Call, step: Step, user: Any, *, now: datetime) -> list[Condition]:
    """Return the conditions of a step, none to people who may not know what they speak of."""
    move = transitions.arrow(call, step.arrow)
    if move is None:
        return []
    call.ask(now=now)
    guards = [guard for guard in move.conditions if _may_know(call, guard.about, user)]
    met = {guard.code: bool(guard(call)) for guard in guards}
    shut = "" if may_open("draft", call, user) else address("call_draft", call.reference)
    return [_condition(call, guard, met, shut=shut) for guard in guards]


def _condition(call: Call, guard: Any, met: dict[str, bool], *, shut: str) -> Condition:
    label = CONDITION_NAMES.get(guard.code, guard.code)
    if not met.get(FOLLOWS.get(guard.code, ""), True):
        return Condition(label, met=False, later=True)
    if met[guard.code]:
        return Condition(label, met=True)
    reason: LinkedReason = linked(call, [Reason(guard.objection(call.facts(guard.about)))])[0]
    url = "" if shut and reason.url.startswith(shut) else reason.url
    return Condition(label, met=False, sentence=reason.sentence, url=url)


def _may_know(call: Call, about: str, user: Any) -> bool:
    """Conditions of the panel name applications, those of the award tell the ranking (reference §8.2)."""
    if about == "publication" or call.opened_at is None:
        return True
    if about == "award":
        return call.state not in (S.FINANCIAL_OPENED, S.RANKED, S.AWARD_PROPOSED) or may_open("ranking", call, user)
    judges = permissions.has_seat(call, user, Seat.CHAIR, Seat.SECRETARY, Seat.EVALUATOR)
    return judges or permissions.has_role(call, user, Role.OFFICER, Role.AUDITOR)


def count_missing(conditions: list[Condition]) -> str:
    """Say how many conditions are missing."""
    missing = sum(not condition.met for condition in conditions)
    return (
        _now("All conditions are met.") if not missing else _now("Conditions missing: %(count)s.") % {"count": missing}
    )

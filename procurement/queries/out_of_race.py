"""Applications that are not in the ranking: on which ground, with the figures that may be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from procurement.enums import ApplicationState
from procurement.models import Application, Call, Submission
from procurement.queries.envelopes import prices_of
from procurement.queries.problem import problem_of
from procurement.queries.run import computed, exact
from procurement.scoring.reading import BadProblem

S = ApplicationState
Ground = Literal["late", "non_compliant", "below_threshold", "below_minimum", "over_ceiling", "excluded"]
OUT = (S.EXCLUDED, S.BELOW_THRESHOLD, S.NON_COMPLIANT, S.LATE)  # in the order of the page


@dataclass(frozen=True)
class Out:
    """One application out of the race; `mark` is None where no panel marked it, `price` where it was never opened."""

    application: Application
    ground: Ground
    mark: Decimal | None = None
    limit: Decimal | None = None  # the threshold, the minimum or the ceiling that was missed
    criterion: str = ""  # whose minimum was missed, and below: the mark for it
    criterion_mark: Decimal | None = None
    price: Decimal | None = None
    received_at: datetime | None = None
    deadline: datetime | None = None

    @property
    def reason(self) -> str:
        """Return the reason that somebody wrote; empty where a rule decided."""
        if self.ground == "non_compliant":
            return self.application.compliance_reason
        return self.application.exclusion_reason if self.ground == "excluded" else ""


def out_of_race(call: Call, *, now: datetime) -> list[Out]:
    """Return every application out of the ranking: excluded, below the threshold, not compliant, late."""
    rows = list(call.applications.filter(state__in=OUT).select_related("user", "organisation").order_by("id"))
    rows.sort(key=lambda one: (OUT.index(S(one.state)), one.pk))
    prices = prices_of(call, now=now, among=[one.pk for one in rows if one.state == S.EXCLUDED])
    below = _below(call, [one for one in rows if one.state == S.BELOW_THRESHOLD], now=now)
    late = _late(call)
    return [_out(call, one, form=prices.get(one.pk), below=below, late=late) for one in rows]


def _out(
    call: Call, one: Application, *, form: dict[str, Any] | None, below: dict[str, Out], late: dict[int, Submission]
) -> Out:
    if one.state == S.LATE:
        submission = late.get(one.pk)
        received, limit = (submission.submitted_at, submission.deadline) if submission else (None, None)
        return Out(one, "late", received_at=received, deadline=limit)
    if one.state == S.NON_COMPLIANT:
        return Out(one, "non_compliant")
    if one.state == S.BELOW_THRESHOLD:
        return below.get(one.label, Out(one, "below_threshold", mark=one.technical_mark))
    price = Decimal(str(form["total"])) if form and form.get("total") else None
    if one.exclusion_reason == "over_ceiling":
        return Out(one, "over_ceiling", mark=one.technical_mark, limit=call.ceiling_amount, price=price)
    return Out(one, "excluded", mark=one.technical_mark, price=price)


def _below(call: Call, applications: Iterable[Application], *, now: datetime) -> dict[str, Out]:
    """Say which limit each one missed; only those whose mark alone does not tell are put to the engine again."""
    threshold = call.rule_number("threshold")
    found, asked = {}, {}
    for one in applications:
        if one.technical_mark is not None and one.technical_mark < threshold:
            found[one.label] = Out(one, "below_threshold", mark=one.technical_mark, limit=threshold)
        else:
            asked[one.label] = one
    return found | (_judged(call, asked, now=now) if asked else {})


def _judged(call: Call, by_label: dict[str, Application], *, now: datetime) -> dict[str, Out]:
    """Their marks have been frozen since the technical report: the engine finds again what it found then.

    Nothing of those whose marks were voided since, with the seat of a member who had a conflict.
    """
    try:
        _problem, result = computed(problem_of(call, by_label.values(), now=now, priced=False))
    except BadProblem:
        return {}
    found = {}
    for exclusion in result.excluded:
        one = by_label[exclusion.ref]
        params: Any = exclusion.step.params
        mark = exact(exclusion.explanation.technical) if exclusion.explanation.technical is not None else None
        if exclusion.reason == "below_minimum":
            found[one.label] = Out(
                one, "below_minimum", mark=mark, limit=exact(params["minimum"]), criterion=str(params["criterion"]),
                criterion_mark=exact(exclusion.step.value),
            )  # fmt: skip
        else:
            found[one.label] = Out(one, "below_threshold", mark=mark, limit=exact(params["threshold"]))
    return found


def _late(call: Call) -> dict[int, Submission]:
    """Return the last submission of each late application."""
    rows = (
        Submission.objects.filter(application__call=call, application__state=S.LATE, late=True)
        .order_by("application_id", "-id")
        .distinct("application_id")
    )
    return {row.application_id: row for row in rows}

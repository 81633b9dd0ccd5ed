"""Why an application is out of the race, in the reader's words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from procurement.models import Call
from procurement.queries.out_of_race import Out
from procurement.web.figures import shown, whole
from workflow.templatetags.amounts import amount_text
from workflow.templatetags.durations import length_text
from workflow.templatetags.instants import instant_text

LABELS: dict[str, Any] = {
    "late": gettext_lazy("Late"),
    "non_compliant": gettext_lazy("Not compliant"),
    "below_threshold": gettext_lazy("Below the threshold"),
    "below_minimum": gettext_lazy("Below a minimum"),
    "over_ceiling": gettext_lazy("Above the ceiling"),
    "excluded": gettext_lazy("Excluded"),
}


def label_of(ground: str) -> str:
    """Name a ground in one to three words."""
    return str(LABELS[ground])


def sentence_of(out: Out, *, call: Call) -> str:
    """Say the ground with its figures, or repeat the reason that somebody wrote; empty where the figures are not known."""
    if out.reason:
        return out.reason
    return SENTENCES[out.ground](out, call) if out.ground in SENTENCES else ""


def _late(out: Out, call: Call) -> str:
    if out.received_at is None or out.deadline is None:
        return ""
    received = instant_text(out.received_at, zone=call.timezone, style="seconds")
    gap = length_text(out.received_at - out.deadline)
    return gettext("received on %(received)s, %(gap)s too late") % {"received": received, "gap": gap}


def _threshold(out: Out, call: Call) -> str:
    if out.mark is None or out.limit is None:
        return ""
    limit = Fraction(out.limit)
    figures = {"mark": shown(Fraction(out.mark), limit=limit), "limit": whole(limit)}
    return _sealed(gettext("%(mark)s for a threshold of %(limit)s") % figures, call)


def _minimum(out: Out, call: Call) -> str:
    if out.criterion_mark is None or out.limit is None:
        return ""
    limit = Fraction(out.limit)
    figures = {
        "mark": shown(Fraction(out.criterion_mark), limit=limit),
        "limit": whole(limit),
        "criterion": out.criterion,
    }
    return _sealed(gettext("%(mark)s for %(criterion)s, whose minimum is %(limit)s") % figures, call)


def _sealed(said: str, call: Call) -> str:
    if not call.two_envelopes:
        return said
    return gettext("%(said)s; the financial envelope stays sealed") % {"said": said}


def _ceiling(out: Out, call: Call) -> str:
    """Say by how much; before the deadline on a clock that was set back no price is known."""
    if out.limit is None:
        return ""
    limit = amount_text(out.limit, currency=call.currency)
    if out.price is None:
        return gettext("the ceiling of %(limit)s is binding") % {"limit": limit}
    gap = amount_text(out.price - out.limit, currency=call.currency)
    return gettext("by %(gap)s; the ceiling of %(limit)s is binding") % {"gap": gap, "limit": limit}


SENTENCES = {"late": _late, "below_threshold": _threshold, "below_minimum": _minimum, "over_ceiling": _ceiling}

"""The pages of the evaluation, for the person who looks at it, and who may enter."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from procurement import permissions as may
from procurement.enums import ApplicationState, Stage
from procurement.models import Call
from procurement.web.workspace import load_call


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose evaluation this person follows."""
    return load_call(request, reference, tab="evaluation")


def load_shared(request: HttpRequest, reference: str) -> Call:
    """Return a call whose marks this person may read; before they are shared the pages of the panel do not exist."""
    call = load_call(request, reference)
    if not may.read_marks(call, request.user):
        raise Http404
    return call


def evaluation_tabs(call: Call, user: Any, *, current: str) -> list[dict[str, Any]]:
    """Return the pages that this person may open now."""
    tabs = [("sheets", _("Score sheets"), reverse("call_evaluation", args=[call.reference]))]
    if may.read_marks(call, user):
        first = (
            call.applications.filter(consensus__isnull=False)
            .exclude(state=ApplicationState.EXCLUDED)
            .order_by("id")
            .first()
        )
        if first is not None:
            tabs.append(
                ("consensus", _("Consensus"), reverse("call_consensus", args=[call.reference, first.reference]))
            )
        if call.criteria.filter(stage=Stage.INTERVIEW).exists():
            tabs.append(("interviews", _("Interviews"), reverse("call_interviews", args=[call.reference])))
        tabs.append(("report", _("Technical report"), reverse("call_technical_report", args=[call.reference])))
    return [{"label": label, "url": url, "current": name == current} for name, label, url in tabs]

"""The frame of a call's file: who may enter, the line of steps, the tabs, and the clock that is caught up first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from procurement import permissions
from procurement.models import Call
from procurement.web.tabs import may_open, tabs_for
from procurement.web.timeline import steps_of
from workflow import clock


def load_call(request: HttpRequest, reference: str, *, tab: str = "") -> Call:
    """Return a call to somebody who works on it, and may open a tab of it now; to everybody else it does not exist."""
    call = Call.objects.select_related("organisation").filter(reference=reference).first()
    if call is None or not permissions.work_on_call(call, request.user):
        raise Http404
    call = up_to_date(call)
    if tab and not may_open(tab, call, request.user):
        raise Http404
    return call


def up_to_date(call: Call, *, now: datetime | None = None) -> Call:
    """Do first what a late tick has not done, then return the call as it is."""
    if clock.catch_up(call, now=now or clock.now()):
        return Call.objects.select_related("organisation").get(pk=call.pk)
    return call


def render_page(
    request: HttpRequest, call: Call, template: str, context: dict[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """Draw a page of the file: the call's head, its steps, its tabs, and the template's content."""
    now = context.get("now") or clock.now()
    frame = {
        "call": call,
        "now": now,
        "steps": steps_of(call),
        "tabs": tabs_for(call, request.user, current=tab),
        "tab": tab,
    }
    return render(request, template, {**frame, **context}, status=status)

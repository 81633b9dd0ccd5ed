"""The demonstration's clock: a page that moves it, so that one person can see a whole procedure in one sitting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from procurement.models import Call
from workflow import clock

MOMENTS = {
    "publish_at": _("publication"),
    "deadline": _("deadline"),
    "opening_at": _("opening"),
    "compliance_at": _("compliance check"),
    "scoring_until": _("end of scoring"),
    "financial_opening_at": _("financial opening"),
    "decision_at": _("decision"),
    "standstill_until": _("end of the standstill"),
}
AFTERWARDS = timedelta(minutes=1)
MOST = 12


class ClockForm(forms.Form):
    """A local time to go to."""

    moment = forms.DateTimeField(
        label=_("Date and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def demo_clock(request: HttpRequest) -> HttpResponse:
    """Show the clock and the moments that come; move it forward or give the real time back."""
    if not (settings.DEMO and settings.CLOCK_SETTABLE):
        raise Http404
    form = ClockForm(request.POST if "moment" in request.POST else None)
    if request.method == "POST" and _move(request, form):
        return redirect("demo_clock")
    zone, now = ZoneInfo(settings.DEMO_TIME_ZONE), clock.now()
    context = {"form": form, "now": now, "moments": _moments(now), "zone": zone.key}
    return render(request, "demo/clock.html", context)


def _move(request: HttpRequest, form: ClockForm) -> bool:
    if "real" in request.POST:
        clock.allow_setting()
        clock.set_right()
        messages.success(request, gettext("The clock shows the real time again."))
        return True
    if not form.is_valid():
        return False
    clock.allow_setting()
    clock.set_to(_instant(form.cleaned_data["moment"]))
    clock.tick()
    messages.success(request, gettext("The clock was moved; what was due has been done."))
    return True


def _instant(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(settings.DEMO_TIME_ZONE))


def _moments(now: datetime) -> list[dict[str, Any]]:
    """Return the next moments of every call, each with the minute after it to jump to."""
    zone = ZoneInfo(settings.DEMO_TIME_ZONE)
    coming = [
        {
            "call": call,
            "label": label,
            "at": moment,
            "jump": (moment + AFTERWARDS).astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        }
        for call in Call.objects.filter(ended_at=None)
        for column, label in MOMENTS.items()
        if (moment := getattr(call, column)) and moment > now
    ]
    return sorted(coming, key=lambda row: row["at"])[:MOST]

"""Pages that everybody may read. Nothing on them depends on applications."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from procurement.enums import PUBLIC
from procurement.models import Call
from workflow import clock


@login_not_required
def public_call(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a published call."""
    calls = Call.objects.select_related("organisation").filter(state__in=PUBLIC, published_at__isnull=False)
    call = calls.filter(reference=reference).first()
    if call is None:
        raise Http404
    return render(request, "procurement/public_call.html", {"call": call, "now": clock.now()})

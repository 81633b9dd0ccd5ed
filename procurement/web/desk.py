"""What awaits a person, whatever they are, and what waits on others."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from procurement.web.moves import moves_of
from workflow import clock

URGENT = timedelta(days=2)


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits on the reader first, then what waits on others, with the date each is due."""
    now = clock.now()
    mine, others = moves_of(request.user, now=now)
    context = {"now": now, "soon": now + URGENT, "mine": mine, "others": others}
    return render(request, "procurement/desk.html", context)

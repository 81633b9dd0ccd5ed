"""The health page: what a load balancer and a person on duty ask. It says nothing of what happens in the service."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflow import watch
from workflow.log import lag


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 and “ok”, or 503 and what is wrong: the database is away, or the sealer of the log is late.

    What keeps nobody from submitting is said below, and is no reason to take this server out of service.
    """
    try:
        wrong = "log: sealing is late" if lag.found().alarming else ""
    except Error:
        wrong = "database: away"
    said = "\n".join([wrong or "ok", *watch.seen()])
    return HttpResponse(f"{said}\n", status=503 if wrong else 200, content_type="text/plain; charset=utf-8")

"""Messages that could not be delivered, with the button that tries again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from procurement import permissions
from procurement.actions.retry_message import retry_message
from procurement.models import Call
from procurement.queries.messages import DeadMessage, dead_messages
from procurement.web.workspace import load_call, render_page
from workflow import clock


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose messages this person may look at."""
    return load_call(request, reference, tab="log")


@require_GET
def undelivered(request: HttpRequest, reference: str) -> HttpResponse:
    """List the messages that gave up."""
    call = load(request, reference)
    context = {
        "dead": dead_messages(call, request.user),
        "retries": permissions.is_officer(call, request.user),
    }
    return render_page(request, call, "procurement/outbox.html", context, tab="log")


@require_POST
def retry(request: HttpRequest, reference: str, message: int) -> HttpResponse:
    """Try one message again."""
    call = load(request, reference)
    found = _shown(call, request, message)
    retry_message(call=call, message=found.message, actor=request.user, now=clock.now())
    messages.success(request, _("The message is on its way again."))
    return redirect("call_messages", reference)


def _shown(call: Call, request: HttpRequest, number: int) -> DeadMessage:
    """Return a message of the list that this person sees; any other does not exist."""
    for one in dead_messages(call, request.user):
        if one.message.pk == number:
            return one
    raise Http404

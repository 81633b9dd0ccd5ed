"""Who may read a draft, and who writes it now."""

from __future__ import annotations

from django.http import HttpRequest

from procurement import permissions
from procurement.enums import CallState
from procurement.models import Call
from procurement.web.workspace import load_call


def load_draft(request: HttpRequest, reference: str) -> Call:
    """Return a call to somebody who may read its draft; to others the page does not exist."""
    return load_call(request, reference, tab="draft")


def writes(request: HttpRequest, call: Call) -> bool:
    """Tell whether this person may write the draft now."""
    return bool(call.state == CallState.DRAFT and permissions.draft_call(call, request.user))

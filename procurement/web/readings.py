"""An auditor's readings are noted; nobody else's are."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.enums import Role
from procurement import permissions as may
from procurement.actions.note_reading import note_reading
from procurement.models import Call
from workflow import clock


def note_if_auditor(request: HttpRequest, call: Call, *, page: str) -> None:
    """Leave an event when the reader is here as an auditor and not as a member of the committee."""
    if may.has_role(call, request.user, Role.AUDITOR) and not may.has_seat(call, request.user):
        note_reading(call=call, page=page, actor=request.user, now=clock.now())

"""Send the answer to a request to complete the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.drop_upload import forget
from procurement.actions.tell import tell_applicant
from procurement.actions.working_copy import lock_own
from procurement.models import Application, CompletionRequest
from procurement.models.facts.completion import completion_facts
from procurement.rules import completion as windows
from workflow import audit
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, use_case


@use_case
def answer_completion(*, application: Application, actor: Any, now: datetime) -> CompletionRequest:
    """Send the documents attached to the request; from then on the committee reads them and they do not change.

    Refuses after the window (CPL-01), a second answer (CPL-02) and an empty one (CPL-04).
    """
    locked = lock_own(application, actor=actor, act="answer_completion")
    request = CompletionRequest.objects.filter(application=locked).first()
    if request is None:
        raise NoSuchMove(subject=locked, act="answer_completion")
    demand(windows.ANSWER, completion_facts(request, now=now), subject=locked, act="answer_completion")
    request.answered_at = now
    request.save(update_fields=["answered_at"])
    for upload in request.uploads.all():  # what is not whole is not sent
        forget(upload, now=now)
    audit.record(locked, "answer_completion", actor=actor, now=now, details={"completion_request": request.pk})
    tell_applicant(kind="completion_answered", application=locked, key=str(request.pk), now=now)
    return request

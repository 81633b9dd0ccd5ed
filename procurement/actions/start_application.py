"""Begin an application to a call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Organisation
from procurement import permissions
from procurement.actions.references import draw_reference
from procurement.enums import EnvelopeKind
from procurement.models import Application, Call, Envelope
from procurement.models.access import new_access
from procurement.models.facts.submission import starting_facts
from procurement.rules import submission
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def start_application(
    *, call: Call, actor: Any, now: datetime, organisation: Organisation | None = None, code: str = ""
) -> Application:
    """Return the applicant's application to a call, begun now or earlier: a person's own, or that of the firm represented.

    One that is begun now carries its `access`, made here and stored nowhere: whoever asked keeps the code, or loses it.
    `code` is given by the demonstration alone, whose codes are no secrets.
    Refuses after the deadline, while the call is suspended, and people who take part in running it.
    """
    demand_permission(permissions.apply_for(organisation, actor), subject=call, act="start_application")
    if known := _known(call, actor, organisation):
        return known
    call.hold(shared=True)
    present = Call.objects.select_related("organisation").get(pk=call.pk)
    demand(submission.START, starting_facts(present, person=actor, now=now), subject=present, act="start_application")
    try:
        with transaction.atomic():
            return _begun(present, actor, now, organisation, code)
    except IntegrityError:  # two clicks at once: the other one began it
        return _known(call, actor, organisation) or _begun(present, actor, now, organisation, code)


def _known(call: Call, actor: Any, organisation: Organisation | None) -> Application | None:
    own = {"organisation": organisation} if organisation else {"organisation": None, "user": actor}
    return Application.objects.filter(call=call, **own).first()


def _begun(call: Call, actor: Any, now: datetime, organisation: Organisation | None, code: str) -> Application:
    reference = draw_reference("AP")
    access = new_access(reference, code=code)
    application = Application.objects.create(
        call=call, user=actor, organisation=organisation, reference=reference, key_check=access.check
    )
    application.access = access
    Envelope.objects.bulk_create([Envelope(application=application, kind=kind) for kind in EnvelopeKind])
    audit.record(application, "start_application", actor=actor, now=now)
    return application

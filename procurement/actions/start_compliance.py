"""Begin the compliance check."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement.enums import ApplicationState, EnvelopeKind, Verdict
from procurement.models import Application, Call, ComplianceItem, Document, Requirement
from workflow.transitions import pass_through, use_case


@use_case
def start_compliance(*, call: Call, actor: User, now: datetime) -> Call:
    """Make one item of each opened application and required document; what is missing is marked so at once.

    Documents of the financial envelope are not checked here: it is still closed.
    """
    started = pass_through(call, "start_compliance", actor=actor, now=now)
    requirements = list(started.requirements.filter(envelope=EnvelopeKind.TECHNICAL))
    attached = _attached(started)
    items = [
        _item(application, requirement, attached=(application.pk, requirement.pk) in attached)
        for application in started.applications.filter(state=ApplicationState.OPENED)
        for requirement in requirements
    ]
    ComplianceItem.objects.bulk_create(items, batch_size=1000)
    return started


def _attached(call: Call) -> set[tuple[int, int]]:
    opened = Document.objects.filter(
        application__call=call, envelopes__opened_at__isnull=False, envelopes__kind=EnvelopeKind.TECHNICAL
    )
    return set(opened.values_list("application_id", "requirement_id"))


def _item(application: Application, requirement: Requirement, *, attached: bool) -> ComplianceItem:
    missing = Verdict.MISSING if requirement.compulsory else Verdict.WAIVED
    verdict = Verdict.PENDING if attached else missing
    return ComplianceItem(application=application, requirement=requirement, verdict=verdict)

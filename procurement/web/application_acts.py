"""Why an application can or cannot be submitted now: the server's own sentences, each with its way out."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from procurement.enums import ApplicationState
from procurement.models import Application
from procurement.models.browser_copy import browser_files, seals_in_browser
from procurement.queries.kept_files import no_longer_kept
from procurement.rules import submission
from procurement.web.application_tasks import Task, WorkingCopy
from procurement.web.own_application import Standing
from workflow.guards import objections_to
from workflow.refusals import Reason

SUBMITTABLE = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.SUBMITTED)


@dataclass(frozen=True)
class Against:
    """An objection with the page on which it can be lifted."""

    code: str
    sentence: str
    url: str = ""


def against_submitting(application: Application, copy: WorkingCopy, standing: Standing) -> list[Against]:
    """Return what stands against submitting, the missing parts one by one; the facts were asked with the standing."""
    facts = application.facts(submission.ABOUT)
    reasons = [Reason(one) for one in objections_to(submission.SUBMIT, facts)]
    found = [Against(one.code, one.sentence) for one in reasons if one.code != submission.COMPLETE.code]
    return [*found, *(_of_part(task, task.blocks) for task in copy.all_tasks if task.blocks)]


def against_files(application: Application, copy: WorkingCopy) -> list[Against]:
    """Return each attached file that the store does not give back as it came: its applicant can still send it again."""
    names = {one.row.pk: one.told.name for files in copy.documents.values() for one in files}
    rows = [one.row for files in copy.documents.values() for one in files]
    rows += browser_files(application) if seals_in_browser(application) else []
    return [_lost(application, row.requirement.code, names.get(row.pk, "")) for row in no_longer_kept(rows)]


def _lost(application: Application, code: str, name: str) -> Against:
    label = f"{code} {name}".strip()
    said = _("%(file)s cannot be read back as you sent it: remove it and send it again.") % {"file": label}
    return Against("LOST", said, reverse("application_document", args=[application.reference, code]))


def cautions(copy: WorkingCopy) -> list[Against]:
    """Return what does not stop a submission and may still be regretted: each part with what to know of it."""
    return [_of_part(task, task.caution) for task in copy.all_tasks if task.caution]


def _of_part(task: Task, error: str) -> Against:
    name = f"{task.code} {unescape(strip_tags(str(task.label)))}".strip()
    said = _("%(label)s: %(error)s") % {"label": name, "error": error}
    return Against(submission.COMPLETE.code, said, task.url)


def may_submit(application: Application, standing: Standing) -> bool:
    """Tell whether the act exists at all: after the deadline a submission in time stands and nothing replaces it."""
    if application.state not in SUBMITTABLE or application.call.opened_at is not None:
        return False
    return standing.in_time or application.state != ApplicationState.SUBMITTED

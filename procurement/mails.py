"""Words of the mails: one pair of templates for each kind, written in the language that is active."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from procurement.models import Application, Call, Paper, Submission
from workflow import storage
from workflow.mail import Attachment


@dataclass(frozen=True)
class Written:
    """A mail ready to go."""

    subject: str
    text: str
    attachments: tuple[Attachment, ...]


def compose(
    *, kind: str, person: Any, ids: dict[str, Any], call_id: int | None = None, application_id: int | None = None
) -> Written:
    """Fill the templates of a kind for one person; `ids["paper"]` attaches a paper, which must have its file."""
    context = {
        "person": person,
        "call": Call.objects.select_related("organisation").get(pk=call_id) if call_id else None,
        "application": Application.objects.select_related("call").get(pk=application_id) if application_id else None,
        "site_url": settings.SITE_URL,
        "received": _received(ids.get("receipt", "")),
        **ids,
    }
    return Written(
        subject=render_to_string(f"mail/{kind}.subject.txt", context).strip(),
        text=render_to_string(f"mail/{kind}.txt", context).strip() + "\n",
        attachments=tuple(_attachments(ids)),
    )


def _received(receipt: str) -> datetime | None:
    """Return when a submission was received, for the mails that speak of one."""
    found = Submission.objects.filter(receipt_number=receipt).values_list("submitted_at", flat=True)
    return found.first() if receipt else None


class NotWrittenYet(RuntimeError):
    """The paper to attach has no file yet: the outbox tries again."""


def _attachments(ids: dict[str, Any]) -> list[Attachment]:
    if not ids.get("paper"):
        return []
    paper = Paper.objects.select_related("file").get(pk=ids["paper"])
    if paper.file is None:
        raise NotWrittenYet(str(paper.pk))
    return [(paper.file.name, storage.read(paper.file), paper.file.media_type)]

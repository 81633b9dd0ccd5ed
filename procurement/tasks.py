"""Effects and checks of time of the procedure: fetch, one call, nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from accounts.models import User
from procurement.actions.check_files import check_files
from procurement.actions.drop_upload import drop_expired
from procurement.actions.scan_again import scan_again
from procurement.actions.store_paper import store_paper
from procurement.actions.subscribe import announce_call
from procurement.actions.tell_applicants import tell_applicants
from procurement.actions.write_receipts import write_receipts
from procurement.actions.write_score_sheets import write_score_sheets
from procurement.enums import Stage
from procurement.mails import compose
from procurement.models import Call, Document, OpeningSession, Paper, Subscription
from procurement.subscription_links import leave_link
from workflow import clock, mail, outbox, storage
from workflow.models import StoredFile


@outbox.task("procurement.write_paper")
def write_paper_file(*, message: Any, now: datetime, paper_id: int, **_: Any) -> None:
    """Write the Word file of a paper and keep it."""
    store_paper(paper=Paper.objects.select_related("call").get(pk=paper_id), now=now)


@outbox.task("procurement.send_mail")
def send_mail(*, message: Any, now: datetime, kind: str, user_id: int, ids: dict[str, Any], **subject: Any) -> None:
    """Write a mail in the person's language and send it."""
    person = User.objects.get(pk=user_id)
    with translation.override(person.language):
        letter = compose(kind=kind, person=person, ids=ids, **subject)
    mail.send(
        to=person.email,
        subject=letter.subject,
        text=letter.text,
        message_key=message.key,
        attachments=letter.attachments,
    )


@outbox.task("procurement.announce_call")
def announce_to_subscribers(*, message: Any, now: datetime, call_id: int, kind: str = "new_call", **_: Any) -> None:
    """Post one mail for each subscriber of the list; a deadline may move more than once."""
    announce_call(call_id=call_id, now=now, kind=kind, key=f"{kind}:{message.pk}")


@outbox.task("procurement.tell_subscriber")
def tell_subscriber(
    *, message: Any, now: datetime, call_id: int, subscription_id: int, kind: str = "new_call", **_: Any
) -> None:
    """Tell one subscriber of a call that begins or ends, in their language; somebody who left is left alone."""
    subscription = Subscription.objects.filter(pk=subscription_id, ended_at=None).first()
    if subscription is None:
        return
    with translation.override(subscription.language):
        letter = compose(kind=kind, person=subscription, call_id=call_id, ids={"leave": leave_link(subscription)})
    mail.send(to=subscription.email, subject=letter.subject, text=letter.text, message_key=message.key)


@outbox.task("procurement.tell_applicants")
def tell_all_applicants(*, message: Any, now: datetime, kind: str, call_id: int, ids: dict[str, Any], **_: Any) -> None:
    """Post one mail for each person who prepares or has sent an application."""
    tell_applicants(call=Call.objects.get(pk=call_id), kind=kind, key=message.key, now=now, ids=ids)


@clock.on_check(Call)
def check_call(*, pk: int, now: datetime) -> None:
    """Do what time brings about for a call: publication, closing, end of the standstill."""
    from procurement.actions.follow_clock import follow_clock

    follow_clock(call=Call.objects.get(pk=pk), now=now)


@outbox.task("procurement.discard_files")
def discard_files(*, message: Any, now: datetime, files: list[str], **_: Any) -> None:
    """Delete the files of a draft that its applicant threw away."""
    for file_id in files:
        storage.discard(StoredFile.objects.filter(pk=file_id).first())


@outbox.task("procurement.scan_document")
def scan_document(*, message: Any, now: datetime, document_id: int, **_: Any) -> None:
    """Have a file looked at by the scanner that did not answer before; away again, the message comes again."""
    rows = Document.objects.select_related("file", "requirement", "application__call")
    scan_again(document=rows.get(pk=document_id), now=now)


@outbox.task("procurement.discard_parts")
def discard_parts(*, message: Any, now: datetime, file: str, parts: int, **_: Any) -> None:
    """Delete the parts of a file that was never whole, or never attached."""
    if not StoredFile.objects.filter(pk=file).exists():
        storage.drop_parts(UUID(file), parts)


@clock.on_tick
def drop_expired_uploads(*, now: datetime) -> None:
    """Forget files that began to arrive and that nobody went on with."""
    drop_expired(now=now)


@outbox.task("procurement.write_score_sheets")
def write_sheets(*, message: Any, now: datetime, call_id: int, stage: str, after: int, **_: Any) -> None:
    """Have the next signed score sheets of a stage written in Word."""
    call = Call.objects.select_related("organisation").get(pk=call_id)
    write_score_sheets(call=call, stage=Stage(stage), after=after, now=now)


@outbox.task("procurement.write_receipts")
def write_opened_receipts(*, message: Any, now: datetime, session_id: int, after: int, **_: Any) -> None:
    """Have the next receipts of opened applications written in Word."""
    session = OpeningSession.objects.select_related("call__organisation").get(pk=session_id)
    write_receipts(session=session, after=after, now=now)


@outbox.task("procurement.check_files")
def check_opened_files(*, message: Any, now: datetime, session_id: int, after: int, **_: Any) -> None:
    """Read the next files that a session opened, whole."""
    check_files(session=OpeningSession.objects.select_related("call").get(pk=session_id), after=after, now=now)

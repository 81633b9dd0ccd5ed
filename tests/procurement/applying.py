"""A call that is open, people who apply to it, and small real files."""

from __future__ import annotations

import itertools
import uuid
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db import transaction

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, User
from procurement import server_lock
from procurement.actions.attach_document import attach_document
from procurement.actions.save_part import save_identity, save_price
from procurement.actions.submit_application import submit_application
from procurement.demo.codes import begin, unlocked
from procurement.models import (
    Application,
    Call,
    CompletionRequest,
    PublishedDeadline,
    Requirement,
    Submission,
)
from procurement.models.browser_copy import Prepared
from procurement.models.working_copy import Attached
from procurement.queries.sealed_files import receive
from procurement.rules.presets import preset
from procurement.sealing import Binding, Manifest, open_own_envelope
from workflow import audit, clock

DEADLINE = datetime(2030, 3, 12, 16, 0, tzinfo=UTC)
BEFORE = DEADLINE - timedelta(days=2)
AFTER = DEADLINE + timedelta(seconds=40)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
IDENTITY = {
    "name": "Nadia Ferhat",
    "status": "natural",
    "address": "12 rue de la Soif, Grenoble",
    "country": "France",
    "vat": "exempt",
}
_numbers = itertools.count(1)


def person(name: str = "Nadia Ferhat") -> User:
    """Return somebody with an account."""
    return User.objects.create_user(
        f"{name.split(maxsplit=1)[0].lower()}{next(_numbers)}@example.org",
        "a long password of words",
        full_name=name,
        language="en",
    )


def firm(*people: User, name: str = "Atelier des villes") -> Organisation:
    """Return a firm that these people represent."""
    made = Organisation.objects.create(kind=OrganisationKind.FIRM, name=name)
    for one in people:
        Membership.objects.create(user=one, organisation=made, role=Role.REPRESENTATIVE)
    return made


def open_call(*, deadline: datetime = DEADLINE, two_envelopes: bool = True, state: str = "published") -> Call:
    """Return a call in a state, with three documents asked for: A1, A5 (may be completed later) and B1."""
    body = Organisation.objects.create(
        kind=OrganisationKind.PUBLIC_BODY,
        name="Cités et Gouvernements Locaux Unis",
        short_name="CGLU",
        city="Barcelona",
    )
    officer = person("Olga Officer")
    Membership.objects.create(user=officer, organisation=body, role=Role.OFFICER)
    with transaction.atomic():
        call = Call.objects.create(
            reference=f"CALL-{next(_numbers)}",
            organisation=body,
            created_by=officer,
            state=state,
            language="fr",
            languages=["fr", "en"],
            title={"fr": "Profil migratoire", "en": "Migration profile"},
            timezone="Europe/Madrid",
            rules=preset("prag"),
            deadline=deadline,
            opening_at=deadline + timedelta(hours=18),
            published_at=deadline - timedelta(days=30),
            ceiling_amount=Decimal(14000),
            ceiling_mode="public_binding",
            two_envelopes=two_envelopes,
            next_check_at=deadline,
        )
        audit.record(call, "publish", actor=officer, now=BEFORE, target=state)
        call.hold()
        PublishedDeadline.objects.create(call=call, deadline=deadline)
    require(call, "A1", "Lettre de motivation", formats=["pdf", "docx"])
    require(call, "A5", "Déclaration sur l’honneur", completable=True)
    if two_envelopes:
        require(call, "B1", "Offre financière signée", envelope="financial")
    return call


def require(call: Call, code: str, title: str, **fields: Any) -> Requirement:
    """Ask for a document."""
    return Requirement.objects.create(call=call, code=code, title={"fr": title}, position=next(_numbers), **fields)


def attach(
    application: Application, code: str, actor: User, *, content: bytes = PDF, name: str = "file.pdf", **more: Any
) -> Attached:
    """Attach a file to answer a document asked for; `more` may say now and completion."""
    requirement = application.call.requirements.get(code=code)
    return attach_document(
        application=unlocked(application),
        requirement=requirement,
        received=receive(application, requirement, unlike_others(content), name=name),
        actor=actor,
        now=more.pop("now", BEFORE),
        **more,
    )


def unlike_others(content: bytes) -> bytes:
    """Return a file that says the same and differs from every other: in a remark at the end of it."""
    remark = f"%{next(_numbers)}".encode()
    if content.startswith(b"PK"):  # where a remark has its length before it
        return content[:-2] + len(remark).to_bytes(2, "little") + remark
    return content + remark


def complete_application(
    call: Call, actor: User, *, organisation: Organisation | None = None, now: datetime = BEFORE
) -> Application:
    """Return an application with every part that blocks a submission written, to a call that has key holders."""
    give_keys(call)
    application = begin(call=call, actor=actor, now=now, organisation=organisation)
    save_identity(application=application, identity=IDENTITY, actor=actor, now=now)
    attach(application, "A1", actor, now=now)
    if call.two_envelopes:
        attach(application, "B1", actor, now=now)
        save_price(
            application=application, days=Decimal(40), rate=Decimal(300), expenses=Decimal(1900), actor=actor, now=now
        )
    return unlocked(Application.objects.get(pk=application.pk))


def give_keys(call: Call) -> None:
    """Give a call without key holders two of them, and the lock's key, so that there is something to seal to."""
    from tests.procurement.keys import give_key

    if not call.key_holders.exists():
        for number in (1, 2):
            member = call.members.create(
                user=person(f"Holder Number{number}"), seat="observer", label=f"K{number}", accepted_at=BEFORE
            )
            give_key(call, member)
    if not call.lock_public:
        Call.objects.filter(pk=call.pk).update(lock_public=server_lock.public_key())
        call.refresh_from_db()


def submit(
    application: Application, actor: User, *, key: str = "", at: datetime = BEFORE, prepared: Prepared | None = None
) -> Submission:
    """Submit at an instant of the database's clock; `prepared` is a price that a browser sealed."""
    clock.set_to(at)
    return submit_application(
        application=unlocked(application), actor=actor, now=clock.now(), idempotency_key=key or uuid.uuid4().hex,
        prepared=prepared,
    )  # fmt: skip


def submitted(call: Call, actor: User) -> Application:
    """Return an application submitted in time."""
    application = complete_application(call, actor)
    submit(application, actor)
    return unlocked(Application.objects.get(pk=application.pk))


def ask_to_complete(application: Application, *codes: str, due: datetime) -> CompletionRequest:
    """Ask an applicant for documents until an instant."""
    request = CompletionRequest.objects.create(
        application=application,
        message="The signed declaration is missing.",
        asked_by=application.call.created_by,
        due_at=due,
    )
    request.requirements.set(application.call.requirements.filter(code__in=codes))
    return request


def archive(*entries: tuple[str, bytes]) -> bytes:
    """Return a ZIP file with these entries."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return held.getvalue()


def docx(*more: tuple[str, bytes]) -> bytes:
    """Return the least that passes for a Word file, and more entries."""
    return archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>"), *more)


def sealed_in(submission: Submission) -> dict[str, Manifest]:
    """Return what a submission holds, by kind of envelope, opened with the applicant's own key."""
    application = Application.objects.select_related("call").get(pk=submission.application_id)
    access = unlocked(application).access
    assert access is not None
    return {
        row.kind: open_own_envelope(
            row.header, bytes(row.sealed), own_key=access.key,
            binding=Binding(application.call.reference, application.reference, row.kind, submission.version),
        )
        for row in submission.envelopes.all()
    }  # fmt: skip

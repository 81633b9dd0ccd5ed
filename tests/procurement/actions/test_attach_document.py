"""Files of an application: only what can be read, only what is asked for, only in time."""

from __future__ import annotations

import pytest

from procurement.actions.attach_document import attach_document
from procurement.actions.remove_document import remove_document
from procurement.demo.codes import begin
from procurement.models import Document
from procurement.models.access import Locked
from procurement.models.working_copy import attached_files
from procurement.queries.envelopes import own_document
from procurement.queries.sealed_files import receive
from procurement.sealing import sealed_size
from tests.procurement.applying import AFTER, BEFORE, PDF, attach, docx, open_call, person, require, submit, submitted
from workflow import storage
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def draft(actor):
    return begin(call=open_call(), actor=actor, now=BEFORE)


def test_a_file_is_kept_under_a_harmless_name_with_what_was_found_in_it(draft, actor):
    content = docx(("word/vbaProject.bin", b"x"))
    made = attach(draft, "A5", actor, content=content, name="../../re\u0301fe\u0301rence\u202e.docx")
    (found,) = attached_files(draft)
    assert found.told == made.told
    assert (found.told.name, found.told.findings) == ("référence.docx", ("macros",))
    assert found.told.media_type.endswith("wordprocessingml.document")
    file = found.row.file
    assert AuditEvent.objects.get(act="attach_document").details["sha256"] == file.sha256 != found.told.sha256


def test_the_rows_say_nothing_of_a_file_and_the_store_holds_it_sealed(draft, actor):
    content = PDF + b"Nadia Ferhat"
    found = attach(draft, "A1", actor, content=content, name="nadia.pdf")
    row = Document.objects.select_related("file").get()
    assert (row.name, row.findings, row.size, row.sha256, row.file_key, row.file.name) == ("", [], None, "", None, "")
    kept = storage.read(row.file)
    assert b"Ferhat" not in kept
    assert len(kept) == row.file.size == sealed_size(found.told.size)
    assert b"".join(own_document(found.row, actor=actor)).startswith(content)


def test_without_the_access_code_nothing_is_attached_and_nothing_read(draft, actor):
    found = attach(draft, "A1", actor)
    draft.access = None
    received = receive(draft, found.requirement, PDF, name="a.pdf")
    with pytest.raises(Locked):
        attach_document(application=draft, requirement=found.requirement, received=received, actor=actor, now=BEFORE)
    with pytest.raises(Locked):
        attached_files(draft)
    assert draft.documents.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("image.pdf", b"\x89PNG\r\n\x1a\n", "FIL-07"),
        ("lettre.docx", PDF, "FIL-06"),
        ("lettre.pdf", PDF + b"<< /Encrypt 5 0 R >>", "FIL-03"),
        ("lettre.docx", docx(("word/inner.zip", b"PK")), "FIL-04"),
        ("lettre.pdf", b"MZ", "FIL-05"),
    ],
)
def test_a_bad_file_is_refused_and_leaves_an_event(draft, actor, name, content, code):
    with pytest.raises(Refused) as refusal:
        attach(draft, "A1", actor, name=name, content=content)
    assert refusal.value.codes == [code]
    assert name in refusal.value.reasons[0].sentence
    assert not draft.documents.exists()
    assert AuditEvent.objects.filter(act="attach_document", outcome="refused", reasons=[code]).count() == 1


def test_only_so_many_files_answer_one_document(actor):
    call = open_call()
    require(call, "A9", "Two references", most_files=1)
    draft = begin(call=call, actor=actor, now=BEFORE)
    first = attach(draft, "A9", actor)
    with pytest.raises(Refused) as refusal:
        attach(draft, "A9", actor)
    assert refusal.value.codes == ["FIL-08"]
    remove_document(document=first.row, actor=actor, now=BEFORE)
    assert attach(draft, "A9", actor)


def test_a_requirement_of_another_call_is_not_answered(draft, actor):
    foreign = open_call().requirements.get(code="A1")
    received = receive(draft, foreign, PDF, name="a.pdf")
    with pytest.raises(NotPermitted):
        attach_document(application=draft, requirement=foreign, received=received, actor=actor, now=BEFORE)


def test_after_the_deadline_files_neither_come_nor_go(draft, actor):
    document = attach(draft, "A1", actor).row
    with pytest.raises(Refused) as refusal:
        attach(draft, "A1", actor, now=AFTER)
    assert refusal.value.codes == ["SUB-03"]
    with pytest.raises(Refused) as refusal:
        remove_document(document=document, actor=actor, now=AFTER)
    assert refusal.value.codes == ["SUB-03"]


def test_nobody_removes_the_file_of_another(draft, actor):
    with pytest.raises(NotPermitted):
        remove_document(document=attach(draft, "A1", actor).row, actor=person("Yanis Rival"), now=BEFORE)


def test_a_file_taken_out_stays_in_what_was_submitted(actor):
    application = submitted(open_call(), actor)
    first = application.submissions.get()
    document = application.documents.get(requirement__code="A1")
    remove_document(document=document, actor=actor, now=BEFORE)
    assert document not in [one.row for one in attached_files(application)]
    assert document in first.envelopes.get(kind="technical").documents.all()
    attach(application, "A1", actor)
    second = submit(application, actor)
    assert document not in second.envelopes.get(kind="technical").documents.all()

"""Completing a file: only what was asked, once, in its own window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procurement.actions.answer_completion import answer_completion
from procurement.actions.remove_document import remove_document
from procurement.models import Application, Call
from tests.procurement.applying import AFTER, ask_to_complete, attach, open_call, person, submitted
from workflow.models import OutboxMessage
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db
DUE = AFTER + timedelta(hours=48)
IN_WINDOW = AFTER + timedelta(hours=1)
OVER = DUE + timedelta(microseconds=1)


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def application(actor):
    sent = submitted(open_call(), actor)
    Call.objects.filter(pk=sent.call_id).update(opened_at=AFTER)
    return Application.objects.get(pk=sent.pk)


def refused(act, **named):
    with pytest.raises(Refused) as refusal:
        act(**named)
    return refusal.value.codes


def test_what_was_asked_is_sent_once_and_confirmed(application, actor):
    asked = ask_to_complete(application, "A5", due=DUE)
    document = attach(application, "A5", actor, completion=asked, now=DUE).row
    answered = answer_completion(application=application, actor=actor, now=DUE)
    assert answered.answered_at == DUE
    assert OutboxMessage.objects.filter(key__startswith="procurement.send_mail:completion_answered:").count() == 1
    assert refused(answer_completion, application=application, actor=actor, now=DUE) == ["CPL-02"]
    assert refused(remove_document, document=document, actor=actor, now=DUE) == ["CPL-02"]


def test_only_what_was_asked(application, actor):
    asked = ask_to_complete(application, "A5", due=DUE)
    with pytest.raises(Refused) as refusal:
        attach(application, "A1", actor, completion=asked, now=IN_WINDOW)
    assert refusal.value.codes == ["CPL-03"]


def test_only_in_the_window(application, actor):
    asked = ask_to_complete(application, "A5", due=DUE)
    attach(application, "A5", actor, completion=asked, now=IN_WINDOW)
    assert refused(answer_completion, application=application, actor=actor, now=OVER) == ["CPL-01"]
    with pytest.raises(Refused) as refusal:
        attach(application, "A5", actor, completion=asked, now=OVER)
    assert refusal.value.codes == ["CPL-01"]


def test_an_empty_answer_is_refused(application, actor):
    asked = ask_to_complete(application, "A5", due=DUE)
    assert refused(answer_completion, application=application, actor=actor, now=IN_WINDOW) == ["CPL-04"]
    document = attach(application, "A5", actor, completion=asked, now=IN_WINDOW).row
    remove_document(document=document, actor=actor, now=IN_WINDOW)
    assert refused(answer_completion, application=application, actor=actor, now=IN_WINDOW) == ["CPL-04"]


def test_without_a_request_there_is_nothing_to_answer(application, actor):
    with pytest.raises(NoSuchMove):
        answer_completion(application=application, actor=actor, now=IN_WINDOW)


def test_nobody_answers_for_another(application, actor):
    asked = ask_to_complete(application, "A5", due=DUE)
    attach(application, "A5", actor, completion=asked, now=IN_WINDOW)
    with pytest.raises(NotPermitted):
        answer_completion(application=application, actor=application.call.created_by, now=IN_WINDOW)


def test_the_request_of_one_application_takes_no_file_of_another(application, actor):
    asked = ask_to_complete(application, "A5", due=DUE)
    rival = person("Yanis Rival")
    other = submitted(open_call(), rival)
    with pytest.raises(NotPermitted):
        attach(other, "A5", rival, completion=asked, now=IN_WINDOW)

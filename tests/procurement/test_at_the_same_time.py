"""Two at once: one passes, one event is left, and nobody is lost."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from procurement.actions.close_call import close_call
from procurement.actions.open_technical import open_technical
from procurement.actions.publish_call import publish_call
from procurement.actions.save_mark import save_mark
from procurement.actions.sign_sheet import sheet_digest, sign_sheet
from procurement.actions.start_application import start_application
from procurement.actions.submit_application import submit_application
from procurement.actions.withdraw_application import withdraw_application
from procurement.demo.cast import gather
from procurement.demo.stage import Stage
from procurement.models import Application, Call, Envelope, ScoreSheet, Submission
from procurement.queries.applications import current_submission
from tests.faults.counts import times
from tests.patience import until
from tests.procurement import lives
from tests.procurement.applying import BEFORE, DEADLINE, complete_application, open_call, person, submitted
from tests.procurement.committees import OPENING, VOTING, World, closed_call, in_session, staffed_call, write_papers
from tests.procurement.evaluations import call_in_evaluation
from tests.procurement.together import at_once, done, refusals
from workflow import clock
from workflow.models import OutboxMessage
from workflow.refusals import NoSuchMove

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_publish_at_once() -> None:
    stage = Stage(cast=gather(), world=write_papers)
    call = lives.approved_call(stage)
    officer, now = stage.cast["officer"], stage.at("2020-02-03T09:00")

    answers = at_once(*[lambda: publish_call(call=call, actor=officer, now=now)] * 2)

    assert refusals(answers) == [NoSuchMove]
    assert done("publish") == 1
    assert call.published_deadlines.count() == 1
    assert OutboxMessage.objects.filter(task="procurement.announce_call").count() == 1


def test_two_windows_begin_one_application() -> None:
    call, actor = open_call(), person()

    first, second = at_once(*[lambda: start_application(call=call, actor=actor, now=BEFORE)] * 2)

    assert first == second
    assert done("start_application") == 1
    assert Envelope.objects.count() == 2


def test_fifty_identical_submissions_are_one() -> None:
    actor = person()
    application = complete_application(open_call(), actor)
    clock.set_to(BEFORE)

    for number in range(1, times(1, 20) + 1):

        def submit(click: str = f"click {number}") -> Submission:
            return submit_application(application=application, actor=actor, now=BEFORE, idempotency_key=click)

        answers = at_once(*[submit] * 50)

        assert len({one.receipt_number for one in answers}) == 1
        assert Submission.objects.count() == number
        assert done("submit") + done("replace_submission") == number
        assert len({bytes(one.receipt_sealed or b"") for one in answers}) == 1
        assert OutboxMessage.objects.filter(key__startswith="procurement.send_mail:receipt:").count() == number


def test_a_withdrawal_and_a_replacement_at_once_leave_one_story() -> None:
    actor = person()
    application = submitted(open_call(), actor)

    at_once(
        lambda: withdraw_application(application=application, actor=actor, now=BEFORE),
        lambda: submit_application(application=application, actor=actor, now=BEFORE, idempotency_key="again"),
    )

    left = Application.objects.get(pk=application.pk)
    assert Submission.objects.count() == 2
    assert (left.state == "withdrawn") == (current_submission(left) is None)


def test_who_submits_before_the_stroke_is_waited_for_by_who_closes() -> None:
    """A submission stamped in time is not committed yet when the deadline passes, and somebody closes the call."""
    world = staffed_call()
    world.people["ana"] = person("Ana Applicant")
    application = world.applications["ana"] = complete_application(world.call, world["ana"])
    clock.set_to(DEADLINE - timedelta(minutes=1))
    stamped, waited_for = threading.Event(), threading.Event()

    def submit_slowly() -> Submission:
        with transaction.atomic():
            sent = submit_application(
                application=application, actor=world["ana"], now=clock.now(), idempotency_key="last"
            )
            stamped.set()
            assert waited_for.wait(30)
        return sent

    def close() -> Call:
        assert stamped.wait(30)
        clock.set_to(DEADLINE + timedelta(seconds=1))
        return close_call(call=world.call, actor=None, now=clock.now())

    def watch() -> None:
        assert stamped.wait(30)
        until(somebody_waits_for_a_call)
        waited_for.set()

    sent, closed, _none = at_once(submit_slowly, close, watch)

    assert not sent.late
    assert closed.state == "closed"
    clock.set_to(OPENING)
    in_session(world, "chair", "v1")
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    assert world.application("ana").state == "opened"
    assert sent.envelopes.get(kind="technical").opened_at is not None


def somebody_waits_for_a_call() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 1 AND NOT granted")
        return cursor.fetchone() is not None


def test_who_submits_while_the_call_closes_is_recorded_as_late() -> None:
    call, actor, other = open_call(), person(), person("Ben Other")
    application, in_time = complete_application(call, actor), submitted(call, other)
    clock.set_to(DEADLINE + timedelta(seconds=1))
    now = clock.now()

    sent, closed, _checked = at_once(
        lambda: submit_application(application=application, actor=actor, now=now, idempotency_key="late"),
        lambda: close_call(call=call, actor=None, now=now),
        clock.tick,
    )

    assert sent.late
    assert isinstance(closed, (Call, NoSuchMove))
    assert done("close") == 1
    assert [Application.objects.get(pk=one.pk).state for one in (application, in_time)] == ["late", "submitted"]


def test_the_secretary_opens_in_two_windows_at_once() -> None:
    world = closed_call(in_time=("ana", "ben"), late=("lea",))
    in_session(world, "chair", "v2")
    now = clock.now()

    answers = at_once(*[lambda: open_technical(call=world.call, actor=world["secretary"], now=now)] * 2)

    assert refusals(answers) == [NoSuchMove]
    assert (done("open_technical"), done("open")) == (1, 2)
    assert sorted(world.call.applications.values_list("label", flat=True)) == ["E1", "E2", "E3"]
    assert world.call.papers.filter(kind="opening_report").count() == 1
    assert Envelope.objects.filter(kind="technical", opened_at__isnull=False).count() == 2


def test_two_windows_sign_one_sheet() -> None:
    world = call_in_evaluation()
    sheet, actor, now = filled_sheets(world, "v1")[0], world["v1"], clock.now()

    answers = at_once(*[lambda: sign_sheet(sheet=sheet, actor=actor, now=now)] * 2)

    assert refusals(answers) == [NoSuchMove]
    assert done("sign") == 1
    signed = ScoreSheet.objects.get(pk=sheet.pk)
    assert (signed.state, signed.sha256) == ("signed", sheet_digest(signed))
    assert world.fresh().state == "evaluation"


def test_a_mark_that_comes_while_its_sheet_is_signed_is_under_the_signature_or_refused() -> None:
    world = call_in_evaluation()
    sheet, actor, now = filled_sheets(world, "v1")[0], world["v1"], clock.now()
    mark = {"criterion": world.call.criteria.get(), "mark": Decimal(7), "comment": "Changed."}

    at_once(
        lambda: sign_sheet(sheet=sheet, actor=actor, now=now),
        lambda: save_mark(sheet=sheet, **mark, actor=actor, now=now),
    )

    signed = ScoreSheet.objects.get(pk=sheet.pk)
    assert (signed.state, signed.sha256) == ("signed", sheet_digest(signed))


def test_the_last_signatures_come_at_once_and_the_marks_are_shared_once() -> None:
    world = call_in_evaluation(in_time=("ana",))
    sheets, now = filled_sheets(world, *VOTING), clock.now()

    at_once(*[lambda one=one: sign_sheet(sheet=one, actor=one.member.user, now=now) for one in sheets])

    assert done("sign") == 3
    assert done("start_consensus") == 1
    assert world.fresh().state == "consensus"


def filled_sheets(world: World, *who: str) -> list[ScoreSheet]:
    """Fill the sheets of some members in, without signing them."""
    criterion = world.call.criteria.get()
    sheets = list(
        world.call.sheets.filter(member__user__in=[world[one] for one in who]).select_related("member__user", "call")
    )
    for sheet in sheets:
        save_mark(
            sheet=sheet, criterion=criterion, mark=Decimal(80), comment="", actor=sheet.member.user, now=clock.now()
        )
    return sheets

"""Letters are sent all at once when each was read, and only then the standstill runs; after a cancellation all anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procurement.actions.approve_letter import approve_letter
from procurement.actions.cancel_call import ask_cancellation, cancel_call
from procurement.actions.take_back_letter import take_back_letter
from procurement.enums import LetterKind as K
from procurement.models import Call
from procurement.models.recipients import recipients
from procurement.queries.letters import sendings
from procurement.queries.paper_words import blocks_of
from tests.procurement.actions.letter_acts import everybody_to_be_told, letter_to, send, words_to
from tests.procurement.awards import REASONS, drafted, label
from tests.procurement.committees import World, kept
from workflow import clock, outbox
from workflow.models import OutboxMessage
from workflow.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def done(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, everybody_to_be_told)


@pytest.fixture
def world(done: World, db: None) -> World:
    return done.again()


def test_nothing_goes_before_every_letter_was_read(world: World) -> None:
    with pytest.raises(Refused) as refused:
        send(world)
    assert "LET-03" in refused.value.codes
    letters = drafted(world)
    take_back_letter(letter=letters[0], actor=world["officer"], now=clock.now())
    with pytest.raises(Refused) as refused:
        send(world)
    assert refused.value.codes == ["LET-05"]
    assert not OutboxMessage.objects.filter(payload__kind="letter").exists()


def test_nothing_goes_while_one_applicant_has_no_letter(world: World) -> None:
    drafted(world)
    letter_to(world, "lou").delete()
    with pytest.raises(Refused) as refused:
        send(world)
    assert (refused.value.codes, label(world, "lou") in refused.value.reasons[0].sentence) == (["LET-04"], True)


def test_all_go_in_one_act_the_winners_last_each_with_its_word_file(world: World) -> None:
    drafted(world)
    call = send(world)
    assert call.state == "standstill"
    mails = list(OutboxMessage.objects.filter(payload__kind="letter").order_by("id"))
    told = [mail.payload["application_id"] for mail in mails]
    assert len(told) == 6
    assert told[-1] == world.applications["ana"].pk
    assert {letter.state for letter in call.letters.all()} == {"sent"}
    assert all(letter.paper_id and letter.sent_at for letter in call.letters.all())


def test_the_mail_carries_the_letter_and_the_page_proves_it(world: World, mailoutbox: Any) -> None:
    drafted(world)
    send(world)
    outbox.deliver_waiting()
    (mail,) = [one for one in mailoutbox if one.to == [world["ben"].email] and "letter" in str(one.attachments)[:200]]
    name, content, media_type = mail.attachments[0]
    assert (name.endswith(f"letter-unsuccessful-{label(world, 'ben')}.docx"), content[:2]) == (True, b"PK")
    assert any("classée au rang" in block.text for block in blocks_of(content))
    assert media_type.endswith("wordprocessingml.document")
    assert "Ana" not in mail.subject + mail.body
    ((one,),) = sendings([letter_to(world, "ben")]).values()
    assert (one.person, one.message.done_at is not None) == (world["ben"].email, True)


def test_what_is_read_once_sent_is_the_file_that_went(world: World) -> None:
    drafted(world)
    before = words_to(world, "ben")
    send(world)
    outbox.deliver_waiting()
    assert words_to(world, "ben") == before


def test_the_standstill_lasts_full_local_days_from_the_last_letter(world: World) -> None:
    drafted(world)
    clock.set_to(datetime(2030, 3, 20, 11, 0, tzinfo=UTC))  # the clocks change on 31 March
    until = send(world).standstill_until
    assert until == datetime(2030, 3, 31, 0, 0, tzinfo=ZoneInfo("Europe/Madrid"))


def test_without_standstill_the_clock_awards_at_once(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(standstill_days=0)
    drafted(world)
    send(world)
    clock.tick()
    assert world.fresh().state == "awarded"


def test_the_award_is_not_final_a_moment_before_the_end(world: World) -> None:
    drafted(world)
    until = send(world).standstill_until
    assert until is not None
    clock.set_to(until - timedelta(seconds=2))
    clock.tick()
    assert world.fresh().state == "standstill"
    clock.set_to(until)
    clock.tick()
    assert world.fresh().state == "awarded"
    assert world.call.papers.filter(kind="award_notice").exists()


def test_a_call_that_is_cancelled_after_its_letters_tells_everybody_anew(world: World) -> None:
    drafted(world)
    send(world)
    ask_cancellation(call=world.fresh(), reason=REASONS, actor=world["officer"], now=clock.now())
    ended = cancel_call(call=world.fresh(), actor=world["authority"], now=clock.now())
    anew = ended.letters.filter(round=2)
    assert {(one.kind, one.state) for one in anew} == {(K.CANCELLATION, "draft")}
    assert set(anew.values_list("application_id", flat=True)) == {one.pk for one, _kind in recipients(ended)}
    told = OutboxMessage.objects.filter(key__startswith="procurement.send_mail:letters_to_read:")
    assert {message.payload["user_id"] for message in told} == {world["officer"].pk}
    for letter in anew:
        approve_letter(letter=letter, actor=world["officer"], now=clock.now())
    assert send(world).state == "cancelled"
    assert set(anew.values_list("state", flat=True)) == {"sent"}

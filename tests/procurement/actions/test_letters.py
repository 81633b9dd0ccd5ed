"""Letters: one for each who must be told, read one by one, sent all at once, and only then the standstill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procurement.actions.approve_letter import approve_letter
from procurement.actions.cancel_call import ask_cancellation, cancel_call
from procurement.actions.draft_letters import draft_letters
from procurement.actions.edit_letter import edit_letter
from procurement.actions.send_letters import send_letters
from procurement.actions.take_back_letter import take_back_letter
from procurement.enums import LetterKind as K
from procurement.letters import registry
from procurement.models import Application, Call, Letter
from procurement.models.recipients import recipients
from procurement.queries.letters import sendings
from procurement.queries.paper_words import blocks_of
from procurement.queries.papers.letters import letter_paper, notification
from procurement.web.letters import blocks
from tests.procurement.awards import GRENOBLE, REASONS, Bid, decided, drafted, label, priced, ranked
from tests.procurement.committees import World, kept
from workflow import clock, outbox
from workflow.models import OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def done(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        world = priced(GRENOBLE | {"eve": Bid(82, 13000)}, late=("lou",), withdrawn=("wim",))
        from procurement.actions.exclude_application import exclude_application

        eve = world.application("eve")
        exclude_application(
            application=eve, reason="The declaration on honour was false.", actor=world["chair"], now=clock.now()
        )
        ranked(world)
        decided(world)
        return world

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(done: World, db: None) -> World:
    return done.again()


def draft(world: World, who: str = "officer") -> list[Letter]:
    return draft_letters(call=world.fresh(), actor=world[who], now=clock.now())


def send(world: World, who: str = "officer") -> Call:
    return send_letters(call=world.fresh(), actor=world[who], now=clock.now())


def letter_to(world: World, who: str) -> Letter:
    return Letter.objects.select_related("application__call__organisation", "call__organisation").get(
        application=world.applications[who]
    )


def words_to(world: World, who: str) -> str:
    said = [
        " ".join((block.text, *(cell for row in block.rows for cell in row)))
        for block in blocks(letter_to(world, who), now=clock.now())
    ]
    return " ".join(said).replace("\u00a0", " ").replace("\u202f", " ")


def test_everybody_who_was_opened_or_late_gets_one_and_the_withdrawn_none(world: World) -> None:
    draft(world)
    assert {letter.application_id: letter.kind for letter in world.call.letters.all()} == {
        world.applications["ana"].pk: K.AWARD, world.applications["ben"].pk: K.NOT_SELECTED,
        world.applications["cora"].pk: K.EXCLUDED, world.applications["dan"].pk: K.BELOW_THRESHOLD,
        world.applications["eve"].pk: K.EXCLUDED, world.applications["lou"].pk: K.LATE,
    }  # fmt: skip


def test_drafting_again_changes_nothing(world: World) -> None:
    edit_letter(letter=next(iter(draft(world))), note="With our thanks.", actor=world["officer"], now=clock.now())
    assert draft(world) == []
    assert world.call.letters.filter(note="With our thanks.").count() == 1


def test_the_winner_is_told_the_price_and_that_this_is_no_contract(world: World) -> None:
    draft(world)
    said = words_to(world, "ana")
    assert "Notification d’attribution" in said
    assert "11 800,00 €" in said
    assert "ne vaut pas contrat" in said
    assert "Délai de suspension" in said


def test_who_was_not_selected_reads_own_marks_reasons_and_the_winner(world: World) -> None:
    draft(world)
    said = words_to(world, "ben")
    assert "elle est classée au rang 2" in said
    assert "Ana Applicant, avec 97,07 points, pour 11 800,00 € HT" in said
    assert REASONS in said
    assert "The panel agreed on the mean of its members." in said  # the reason of the own mark
    assert "82,00" in said


def test_who_is_above_the_ceiling_reads_by_how_much(world: World) -> None:
    draft(world)
    said = words_to(world, "cora")
    assert "14 600,00 €" in said
    assert "600,00 €" in said
    assert "Ana Applicant" in said


def test_who_is_below_the_threshold_is_told_that_the_price_stays_closed(world: World) -> None:
    draft(world)
    said = words_to(world, "dan")
    assert "71,00" in said
    assert "n’a pas été ouverte et ne le sera pas" in said
    assert "9 000" not in said


def test_who_was_late_is_told_by_how_much_and_nothing_of_the_others(world: World) -> None:
    draft(world)
    said = words_to(world, "lou")
    assert "40 secondes" in said
    assert "Ana" not in said


def test_who_was_excluded_reads_the_reason_that_was_written(world: World) -> None:
    draft(world)
    assert "The declaration on honour was false." in words_to(world, "eve")


def test_nobody_reads_the_marks_of_another_loser(world: World) -> None:
    draft(world)
    assert "Ben Applicant" not in words_to(world, "cora") + words_to(world, "dan") + words_to(world, "ana")


def test_a_note_is_kept_until_the_letter_is_approved(world: World) -> None:
    draft(world)
    letter = edit_letter(
        letter=letter_to(world, "ben"), note=" We thank you. ", actor=world["officer"], now=clock.now()
    )
    assert "We thank you." in words_to(world, "ben")
    approve_letter(letter=letter, actor=world["officer"], now=clock.now())
    with pytest.raises(Refused) as refused:
        edit_letter(letter=letter, note="Otherwise.", actor=world["officer"], now=clock.now())
    assert refused.value.codes == ["LET-07"]
    take_back_letter(letter=letter, actor=world["officer"], now=clock.now())
    edit_letter(letter=letter, note="Otherwise.", actor=world["officer"], now=clock.now())
    assert letter_to(world, "ben").note == "Otherwise."


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


def test_only_officers_write_and_send(world: World) -> None:
    for who in ("authority", "chair", "secretary", "auditor", "v1", "ana"):
        with pytest.raises(NotPermitted):
            draft(world, who)
    letter = draft(world)[0]
    for who in ("authority", "chair", "auditor"):
        with pytest.raises(NotPermitted):
            edit_letter(letter=letter, note="Mine.", actor=world[who], now=clock.now())
        with pytest.raises(NotPermitted):
            approve_letter(letter=letter, actor=world[who], now=clock.now())
        with pytest.raises(NotPermitted):
            send(world, who)


def test_a_letter_is_built_from_the_record_with_three_readings_more_for_nobody(
    world: World, django_assert_max_num_queries: Any
) -> None:
    draft(world)
    told = notification(world.fresh(), now=clock.now())
    with django_assert_max_num_queries(6):
        template, written = letter_paper(letter_to(world, "ben"), told)
    assert registry.render_paper(paper=written)[:2] == b"PK"
    assert template == "letter_unsuccessful"
    assert Application.objects.filter(label="").exists()  # the withdrawn one is there, and has no letter


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

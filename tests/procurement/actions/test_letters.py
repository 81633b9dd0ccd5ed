"""Letters: one for each who must be told, with own marks and reasons and nothing of others, read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.approve_letter import approve_letter
from procurement.actions.draft_letters import draft_letters
from procurement.actions.edit_letter import edit_letter
from procurement.actions.take_back_letter import take_back_letter
from procurement.enums import LetterKind as K
from procurement.letters import registry
from procurement.models import Application, Letter
from procurement.queries.papers.letters import letter_paper, notification
from tests.procurement.actions.letter_acts import everybody_to_be_told, letter_to, send, words_to
from tests.procurement.awards import REASONS
from tests.procurement.committees import World, kept
from workflow import clock
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def done(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, everybody_to_be_told)


@pytest.fixture
def world(done: World, db: None) -> World:
    return done.again()


def draft(world: World, who: str = "officer") -> list[Letter]:
    return draft_letters(call=world.fresh(), actor=world[who], now=clock.now())


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

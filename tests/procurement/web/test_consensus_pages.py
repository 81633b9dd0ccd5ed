"""Consensus as the panel meets it: read by all of it, written and settled by who leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.models import Call, ConsensusMark
from tests.procurement.committees import World, kept
from tests.procurement.panels import consensus_of
from tests.procurement.web.panel_pages import REASON, agreed, disputed, see, send
from tests.procurement.web.visits import text_of
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sharing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, disputed)


@pytest.fixture
def world(sharing: World, db: None) -> World:
    return sharing.again()


def test_the_page_says_where_the_panel_stands(world: World) -> None:
    text = text_of(see(world, "v1", agreed(world)))

    assert "Mean of the panel: 79.33 out of 90" in text
    assert "the interview still to come" in text
    assert "One criterion needs a reason." in text
    assert "spread 40%" in text
    assert "As v2 sees it." in text
    assert "the mean of the signed sheets counts" in text


def test_the_drawing_says_its_marks_in_words(world: World) -> None:
    page = see(world, "v1", agreed(world)).content.decode()

    assert 'aria-label="C1a out of 10: V1 5, V2 8, V3 9, mean 7.33"' in page


def test_the_rule_set_says_which_mark_counts(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"technical_mark": "consensus"})

    assert "By the rule set of this call the consensus counts." in text_of(see(world, "v1", agreed(world)))


@pytest.mark.parametrize("who", ["v1", "secretary"])
def test_evaluators_read_and_do_not_write(world: World, who: str) -> None:
    assert "data-mark" not in see(world, who, agreed(world)).content.decode()

    for page in ("marks", "settlement", "reopening"):
        assert send(world, who, agreed(world) + page, C1a="7", reason=REASON).status_code == 403
    left = AuditEvent.objects.filter(actor_id=world[who].pk, outcome="refused").values_list("act", flat=True)
    assert len(left) == 3  # one for each attempt, whether the act or its page refused it
    assert not ConsensusMark.objects.filter(consensus=consensus_of(world, "ana")).exists()


def test_the_chair_saves_by_script(world: World) -> None:
    said = send(world, "chair", agreed(world) + "marks", script=True, C1a="7,5", C1a_text=REASON, C1b="99").json()

    assert said["errors"] == {"C1b": ["C1b: a mark lies between 0 and 15."]}
    assert "consensus 7.5" in said["places"]["dots-C1a"]
    assert "hold the interviews first" in said["places"]["act"]
    kept_mark = ConsensusMark.objects.get(consensus=consensus_of(world, "ana"))
    assert (str(kept_mark.mark), kept_mark.reason) == ("7.50", REASON)


def test_without_script_the_errors_stand_beside_what_was_typed(world: World) -> None:
    answer = send(world, "chair", agreed(world, "ben") + "settlement", C1a="99", C1b="7", C2="50")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="99"' in page
    assert "C1a: a mark lies between 0 and 10." in page
    assert consensus_of(world, "ben").settled_at is None


def test_the_chair_settles_and_takes_up_again(world: World) -> None:
    assert send(world, "chair", agreed(world, "ben") + "settlement", C1a="5", C1b="7", C2="50").status_code == 302
    assert consensus_of(world, "ben").settled_by == world["chair"]
    assert "Settled on" in text_of(see(world, "v1", agreed(world, "ben")))

    late = send(world, "chair", agreed(world, "ben") + "marks", script=True, C1a="6")
    assert late.json()["reasons"] == [{"code": "CNS-02", "sentence": "This consensus is settled."}]

    assert send(world, "chair", agreed(world, "ben") + "reopening", reason="Oh.").status_code == 409
    assert (
        send(
            world, "chair", agreed(world, "ben") + "reopening", reason="The mark of C1a was copied wrongly."
        ).status_code
        == 302
    )
    assert consensus_of(world, "ben").settled_at is None


def test_a_wide_spread_without_reason_is_refused_with_its_sentence(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"shortlist_mark": "99"})

    answer = send(world, "chair", agreed(world) + "settlement", C1a="7", C1b="12", C2="60", C1a_text="Too short.")

    assert answer.status_code == 409
    assert "The marks are more than 30 % apart on C1a: write the reason in at least 30 characters." in text_of(answer)
    assert "Too short." in answer.content.decode()

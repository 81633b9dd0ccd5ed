"""Beginning a call, from nothing and from an earlier one."""

from __future__ import annotations

import pytest

from procurement.actions.copy_call import copy_call
from procurement.actions.draft_call import draft_call
from procurement.models import Call
from tests.procurement.drafts import acts_of, office
from workflow import clock
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


def begin(world, who: str = "officer", reference: str = "CGLU-2020-001") -> Call:
    return draft_call(
        organisation=world.cast.organisations["CGLU"], reference=reference, title={"fr": "Essai"},
        actor=world.cast[who], now=clock.now(),
    )  # fmt: skip


def test_a_draft_begins_with_a_copy_of_its_rule_set_in_the_zone_of_the_body() -> None:
    call = begin(office())

    assert (call.state, call.rules["preset"], call.timezone) == ("draft", "prag", "Europe/Madrid")
    assert acts_of(call) == ["draft_call"]


@pytest.mark.parametrize("who", ["approver", "authority", "auditor", "chair", "E2"])
def test_only_officers_draft(who: str) -> None:
    world = office()

    with pytest.raises(NotPermitted):
        begin(world, who)
    assert not Call.objects.filter(reference="CGLU-2020-001").exists()


def test_a_reference_is_used_once_whatever_its_case() -> None:
    world = office()

    with pytest.raises(Refused) as refused:
        begin(world, reference=world.call.reference.lower())
    assert refused.value.codes == ["DRF-04"]


def test_a_copy_takes_texts_rules_and_tables_but_neither_dates_nor_people() -> None:
    world = office("published")
    source = world.call

    copied = copy_call(source=source, reference="CGLU-2020-002", actor=world.cast["officer"], now=clock.now())
    copied = Call.objects.get(pk=copied.pk)

    assert (copied.state, copied.copied_from, copied.published_at, copied.frozen) == ("draft", source, None, None)
    assert (copied.title, copied.terms, copied.rules, copied.ceiling_amount) == (
        source.title, source.terms, source.rules, source.ceiling_amount,
    )  # fmt: skip
    assert copied.deadline is copied.publish_at is copied.decision_at is None
    assert not copied.members.exists()
    assert list(copied.requirements.values_list("code", "envelope")) == list(
        source.requirements.values_list("code", "envelope")
    )
    assert list(copied.deliverables.values_list("code", "payment")) == list(
        source.deliverables.values_list("code", "payment")
    )


def test_the_copied_tree_hangs_together_by_itself() -> None:
    world = office()
    copied = copy_call(source=world.call, reference="CGLU-2020-002", actor=world.cast["officer"], now=clock.now())

    def tree(call: Call) -> list[tuple[str, str | None]]:
        return list(call.criteria.values_list("code", "parent__code"))

    assert tree(copied) == tree(world.call)
    assert set(copied.criteria.exclude(parent=None).values_list("parent__call", flat=True)) == {copied.pk}


def test_another_body_cannot_copy() -> None:
    world = office()

    with pytest.raises(NotPermitted):
        copy_call(source=world.call, reference="X-1", actor=world.cast["E2"], now=clock.now())

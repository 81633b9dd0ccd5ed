"""A holder replaced while the call collects: asked for by one, agreed by another, in acts and on the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from procurement.actions.replace_key_holder import ask_key_replacement, drop_key_replacement, replace_key_holder
from procurement.demo.keys import make_key
from procurement.models import KeyHolder, KeyReplacement
from procurement.queries.roster import holders_of, roster_of
from procurement.web.moves import moves_of
from tests.procurement.actions.key_acts import codes, keep
from tests.procurement.drafts import Office, acts_of, office, told
from tests.procurement.web.visits import text_of, visit
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted

pytestmark = pytest.mark.django_db
REASON = "Elle est en congé jusqu’à la fin de l’année."


def ask(world: Office, label: str, by: str, **how: Any) -> KeyReplacement:
    return ask_key_replacement(
        holder=world.seat(label).key, member=world.seat(by), actor=how.pop("actor", world.cast["officer"]),
        now=clock.now(), reason=how.pop("reason", REASON),
    )  # fmt: skip


def agree(world: Office, asked: KeyReplacement, who: str = "approver", reason: str = REASON) -> KeyHolder:
    return replace_key_holder(replacement=asked, reason=reason, actor=world.cast[who], now=clock.now())


def replace(world: Office, label: str, by: str) -> KeyHolder:
    return agree(world, ask(world, label, by))


def test_a_replacement_counts_once_two_agreed_and_its_key_is_confirmed() -> None:
    world = office("published")
    before = roster_of(world.fresh())
    asked = ask(world, "V1", "V3")
    assert not world.call.key_holders.filter(member=world.seat("V3")).exists()
    named = agree(world, asked)
    assert roster_of(world.fresh()) == before
    make_key(named, actor=world.cast["V3"], now=clock.now())

    after = roster_of(world.fresh())
    assert {h.member.label for h in holders_of(world.call)} == {"Chair", "Secretary", "V2", "V3"}
    assert {h.name for h in before.holders} - {h.name for h in after.holders} == {str(world.seat("V1").pk)}
    assert KeyHolder.objects.get(member=world.seat("V1")).replaced_at is not None  # it stays in the file
    assert codes(lambda: keep(world, "V3")) == ["KEY-01"]


def test_nobody_replaces_a_holder_alone() -> None:
    world = office("published")
    asked = ask(world, "V1", "V3")
    world.cast["V3"].memberships.create(organisation=world.call.organisation, role=Role.APPROVER)

    for who in ("officer", "V3"):  # who asked, and who would hold the key
        assert codes(lambda who=who: agree(world, asked, who)) == ["KEY-15"]
    assert codes(lambda: agree(world, asked, reason="Oui.")) == ["RSN-01"]
    for who in ("secretary", "V1", "auditor"):
        with pytest.raises(NotPermitted):
            agree(world, asked, who)
        with pytest.raises(NotPermitted):
            drop_key_replacement(replacement=asked, reason=REASON, actor=world.cast[who], now=clock.now())
    assert codes(lambda: ask(world, "V1", "O1")) == ["KEY-13"]
    agree(world, asked, "authority")
    assert codes(lambda: agree(world, asked)) == ["KEY-11"]


def test_the_database_itself_wants_two() -> None:
    world = office("published")
    asked = ask(world, "V1", "V3")
    with pytest.raises(IntegrityError, match="two persons"), transaction.atomic():
        KeyHolder.objects.create(call=world.call, member=world.seat("V3"), replaces=world.seat("V1").key)
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyReplacement.objects.filter(pk=asked.pk).update(
            agreed=True, decided_at=clock.now(), decided_by=world.cast["officer"]
        )


@pytest.mark.parametrize("who", ["officer", "approver"])
def test_a_request_is_taken_back_or_declined_with_a_reason_and_the_holder_stays(who: str) -> None:
    world = office("published")
    asked = ask(world, "V1", "V3")

    def drop(reason: str = REASON) -> KeyReplacement:
        return drop_key_replacement(replacement=asked, reason=reason, actor=world.cast[who], now=clock.now())

    assert codes(lambda: drop("Non.")) == ["RSN-01"]
    assert drop().agreed is False
    assert codes(drop) == ["KEY-14"]
    assert acts_of(world.call)[-2:] == ["ask_key_replacement", "drop_key_replacement"]
    assert not world.call.key_holders.filter(replaces__isnull=False).exists()
    ask(world, "V1", "V3")


def test_those_who_may_decide_are_told() -> None:
    world = office("published")
    ask(world, "V1", "V3")

    assert told("key_replacement_asked") == {world.cast[who].email for who in ("approver", "authority")}
    agree(world, KeyReplacement.objects.get())
    assert world.cast["V3"].email in told("key_named")


def test_a_replacement_that_did_not_answer_gives_way_to_another() -> None:
    world = office("published")
    replace(world, "V1", "V3")
    named = replace(world, "V1", "O1")

    assert not world.call.key_holders.filter(member=world.seat("V3")).exists()
    assert named.replaces == world.seat("V1").key
    assert AuditEvent.objects.filter(act="replace_key_holder", outcome="done").count() == 2


def test_a_replacement_is_refused_before_publication_after_the_deadline_and_without_reason() -> None:
    draft = office("seated")
    assert codes(lambda: ask(draft, "V1", "V3"))[0] == "KEY-07"
    world = office("published", reference="OTHER-1")
    assert codes(lambda: ask(world, "V1", "V2")) == ["KEY-11"]
    assert codes(lambda: ask(world, "V1", "V3", reason="trop court")) == ["RSN-01"]
    with pytest.raises(NotPermitted):
        ask(world, "V1", "V3", actor=world.cast["secretary"])
    asked = ask(world, "V1", "V3")
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline + timedelta(seconds=1))
    assert codes(lambda: ask(world, "V2", "O1")) == ["KEY-08"]
    assert codes(lambda: agree(world, asked)) == ["KEY-08"]


def test_one_asks_on_the_page_and_another_decides_there() -> None:
    world = office("published")
    assert "Nothing is sealed again" in text_of(visit(world).get("keys/v1/replacement/"))
    assert visit(world, "secretary").get("keys/v1/replacement/").status_code == 404
    assert visit(world).post("keys/v1/replacement/decision", answer="yes", reason=REASON).status_code == 404
    assert visit(world).post("keys/v1/replacement/", member="V3", reason="court").status_code == 409
    assert visit(world).post("keys/v1/replacement/", member="V3", reason=REASON).status_code == 302

    assert "another person decides" in text_of(visit(world).get("keys/"))
    own = text_of(visit(world).get("keys/v1/replacement/"))
    assert "Take the request back" in own
    assert "Agree: ask" not in own
    (mine,) = [one for one in moves_of(world.cast["approver"], now=clock.now())[0] if "key holder" in one.title]
    assert mine.url.endswith("/keys/v1/replacement/")
    read = text_of(visit(world, "approver").get("keys/v1/replacement/"))
    assert REASON in read
    assert "Agree: ask this member for a key" in read
    assert "See the request" in text_of(visit(world, "approver").get("keys/"))
    assert visit(world, "secretary").post("keys/v1/replacement/decision", answer="yes").status_code == 404
    assert visit(world, "approver").post("keys/v1/replacement/decision", answer="yes", reason="Oui").status_code == 409
    assert visit(world, "approver").post("keys/v1/replacement/decision", answer="yes", reason=REASON).status_code == 302
    assert "was asked to take this key over" in text_of(visit(world).get("keys/"))


def test_the_answer_no_on_the_page_leaves_the_holder() -> None:
    world = office("published")
    visit(world).post("keys/v1/replacement/", member="V3", reason=REASON)
    said = visit(world, "approver").post("keys/v1/replacement/decision", answer="no", reason=REASON)
    assert said.status_code == 302
    assert "another person decides" not in text_of(visit(world).get("keys/"))

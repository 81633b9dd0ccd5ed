"""Keys of holders: made, confirmed with the recovery sheet, frozen at the publication, replaced until the deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from procurement.actions.ask_drill import ask_drill, pass_drill
from procurement.actions.confirm_key import confirm_key
from procurement.actions.keep_key import keep_key
from procurement.actions.publish_call import publish_call
from procurement.actions.replace_key_holder import ask_key_replacement, drop_key_replacement, replace_key_holder
from procurement.demo.keys import make_key, private_half
from procurement.models import KeyDrill, KeyHolder, KeyReplacement, Paper
from procurement.queries.drills import green, new_drill, waiting_drill
from procurement.queries.roster import holders_of, name_of, roster_of
from procurement.sealing.drill import answer_drill
from procurement.sealing.holders import make_holder_key, seal_private
from procurement.web.moves import moves_of
from tests.procurement.drafts import Office, acts_of, office, told, write_papers
from tests.procurement.web.visits import Visit, text_of
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "Elle est en congé jusqu’à la fin de l’année."


def visit(world: Office, who: str = "officer") -> Visit:
    return Visit(world.cast[who], world.call)


def codes(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.codes


def keep(world: Office, label: str, *, who: str = "", public: bytes | None = None, **sealed: Any) -> KeyHolder:
    holder = world.seat(label).key
    private, made = make_holder_key()
    locked = seal_private(private, passphrase="cinq mots", call=world.call.reference, holder=name_of(holder))
    return keep_key(
        holder=holder, public=made if public is None else public, private_sealed=locked | sealed,
        actor=world.cast[who or label], now=clock.now(),
    )  # fmt: skip


def test_a_key_is_confirmed_by_what_its_private_half_finds() -> None:
    world = office("seated")
    holder = world.seat("V1").key
    again = keep(world, "V1")

    assert (again.confirmed_at, again.fingerprint != holder.fingerprint) == (None, True)
    assert codes(lambda: confirm_key(holder=again, answer=bytes(32), actor=world.cast["V1"], now=clock.now())) == [
        "KEY-05"
    ]
    assert make_key(again, actor=world.cast["V1"], now=clock.now()).confirmed_at is not None
    assert acts_of(world.call)[-2:] == ["keep_key", "confirm_key"]


def test_the_answer_for_an_earlier_key_confirms_nothing() -> None:
    world = office("seated")
    holder = world.seat("V1").key
    private = private_half(holder)
    old = new_drill(holder, now=clock.now(), asked_by=None)
    answer = answer_drill(old.envelope, holder=name_of(holder), private=private, call=world.call.reference)
    kept = keep(world, "V1")

    assert codes(lambda: confirm_key(holder=kept, answer=answer, actor=world.cast["V1"], now=clock.now())) == ["KEY-05"]


def test_nobody_makes_or_confirms_the_key_of_another() -> None:
    world = office("seated")
    for who in ("V2", "officer", "secretary"):
        with pytest.raises(NotPermitted):
            keep(world, "V1", who=who)
        with pytest.raises(NotPermitted):
            confirm_key(holder=world.seat("V1").key, answer=b"", actor=world.cast[who], now=clock.now())


@pytest.mark.parametrize(
    ("public", "sealed"), [(bytes(32), {}), (b"short", {}), (None, {"more": "x"}), (None, {"salt": "x" * 5000})]
)
def test_what_is_no_key_is_refused(public: bytes | None, sealed: dict[str, Any]) -> None:
    assert codes(lambda: keep(office("seated"), "V1", public=public, **sealed)) == ["KEY-02"]


def test_two_holders_do_not_share_a_key() -> None:
    world = office("seated")

    assert codes(lambda: keep(world, "V1", public=bytes(world.seat("V2").key.public_key))) == ["KEY-03"]


def test_the_database_refuses_a_confirmation_without_a_key() -> None:
    world = office("seated")
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyHolder.objects.filter(pk=world.seat("V1").key.pk).update(public_key=None)


def test_nothing_is_published_before_every_key_is_confirmed() -> None:
    world = office("approved")
    keep(world, "V1")

    def publish() -> Any:
        return publish_call(call=world.fresh(), actor=world.cast["officer"], now=clock.now())

    assert codes(publish) == ["PUB-19"]
    with pytest.raises(ValueError, match="V1"):
        roster_of(world.call)
    make_key(world.seat("V1").key, actor=world.cast["V1"], now=clock.now())
    assert codes(publish) == ["PUB-20"]  # the notice names the fingerprints: it is being written again
    write_papers()
    assert publish().state == "published"


def test_the_notice_has_the_fingerprints() -> None:
    world = office("approved")
    keys = world.call.papers.get().facts["keys"]

    assert {key["fingerprint"] for key in keys} == {key.fingerprint for key in roster_of(world.call).holders}


def test_the_publication_freezes_the_keys_and_that_of_the_lock() -> None:
    world = office("published")

    assert len(bytes(world.fresh().lock_public)) == 32
    assert codes(lambda: keep(world, "V1")) == ["KEY-01"]
    assert Paper.objects.filter(call=world.call, kind="notice").count() == 1


def test_without_the_lock_nothing_is_published(settings: Any) -> None:
    world = office("approved")
    settings.LOCK_URL = "http://127.0.0.1:1"

    assert codes(lambda: publish_call(call=world.call, actor=world.cast["officer"], now=clock.now())) == ["LCK-01"]
    assert (world.fresh().state, world.call.lock_public) == ("approved", None)


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


def test_a_seat_that_ends_takes_no_key_out_of_a_published_roster() -> None:
    world = office("published")
    before = roster_of(world.call)
    world.call.members.filter(label="V2").update(ended_at=clock.now())

    assert roster_of(world.fresh()) == before
    assert waiting_drill(KeyHolder.objects.get(member__label="V2")) is None


def answer(world: Office, label: str, content: bytes | None = None) -> KeyDrill:
    holder = KeyHolder.objects.select_related("call").get(member=world.seat(label))
    drill = waiting_drill(holder)
    assert drill is not None
    found = content or answer_drill(
        drill.envelope, holder=name_of(holder), private=private_half(holder), call=world.call.reference
    )
    return pass_drill(holder=holder, answer=found, actor=world.cast[label], now=clock.now())


def test_a_drill_shows_whose_key_opens() -> None:
    world = office("published")
    drills = ask_drill(call=world.call, actor=world.cast["officer"], now=clock.now())

    assert len(drills) == 4
    assert told("drill_asked") == {world.cast[who].email for who in ("chair", "secretary", "V1", "V2")}
    assert codes(lambda: answer(world, "V1", bytes(32))) == ["KEY-06"]
    assert answer(world, "V1").answered_at is not None
    assert [holder.member.label for holder in green(world.call)] == ["V1"]
    ask_drill(call=world.call, actor=world.cast["secretary"], now=clock.now())
    assert green(world.call) == []  # the newest drill counts


def test_a_drill_is_refused_outside_the_collection_and_to_others() -> None:
    draft = office("seated")
    assert codes(lambda: ask_drill(call=draft.call, actor=draft.cast["officer"], now=clock.now())) == ["KEY-12"]
    world = office("published", reference="OTHER-2")
    for who in ("V1", "chair", "approver"):
        with pytest.raises(NotPermitted):
            ask_drill(call=world.call, actor=world.cast[who], now=clock.now())
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline + timedelta(seconds=1))
    assert codes(lambda: ask_drill(call=world.call, actor=world.cast["officer"], now=clock.now())) == ["KEY-12"]


def test_too_few_tried_keys_near_the_deadline_are_a_banner() -> None:
    world = office("published")
    page = visit(world).get("keys/")
    assert "Too few keys have been tried" not in text_of(page)
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline - timedelta(days=6))
    assert "Too few keys have been tried" in text_of(visit(world).get("keys/"))
    assert "Key holders who opened the test envelope: 0. By now they should be 3." in text_of(visit(world).get("keys/"))
    assert "Too few keys have been tried" not in text_of(visit(world, "V1").get("keys/"))
    clock.set_to(world.call.deadline + timedelta(minutes=1))
    assert "Too few keys have been tried" not in text_of(visit(world).get("keys/"))
    clock.set_to(world.call.deadline - timedelta(days=6))
    assert visit(world, "secretary").post("keys/drill").status_code == 302
    for label in ("V1", "V2", "Chair"):
        holder = KeyHolder.objects.get(member__label=label, call=world.call)
        holder.drills.filter(answered_at=None).update(answered_at=clock.now())
    said = text_of(visit(world, "secretary").get("keys/"))
    assert "Too few keys have been tried" not in said
    assert "Test envelope opened on" in said


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

"""The contract, the index, the archive, and the end of a call without award."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procurement.actions.archive_call import archive_call
from procurement.actions.declare_unsuccessful import declare_unsuccessful
from procurement.actions.draft_letters import draft_letters
from procurement.actions.exclude_application import exclude_application
from procurement.actions.record_contract import record_contract
from procurement.actions.retry_message import retry_message
from procurement.actions.send_letters import send_letters
from procurement.actions.write_archive_index import write_archive_index
from procurement.enums import LetterKind, PaperKind
from procurement.letters import registry
from procurement.models import Contract
from procurement.queries.papers.archive_index import log_digest
from tests.procurement.applying import PDF
from tests.procurement.awards import GRENOBLE, awarded, drafted, label, priced, ranked
from tests.procurement.committees import World, closed_call, kept, write_papers
from workflow import clock, outbox, storage
from workflow.models import OutboxMessage
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db
NOBODY = "No application reached what the published notice asks for."


@pytest.fixture(scope="module")
def final(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        world = priced({"ana": GRENOBLE["ana"], "dan": GRENOBLE["dan"]}, late=("lou",))
        ranked(world)
        awarded(world)
        return world

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(final: World, db: None) -> World:
    return final.again()


def today() -> date:
    return clock.now().astimezone(ZoneInfo("Europe/Madrid")).date()


def record(
    world: World, *, who: str = "officer", amount: str = "11800", day: date | None = None, pdf: bool = True
) -> Contract:
    kind = "application/pdf" if pdf else "text/plain"
    stored = storage.keep(PDF, name="contract.pdf", media_type=kind)
    on = day or today()
    return record_contract(
        call=world.fresh(), signed_on=on, amount=Decimal(amount), stored=stored, actor=world[who], now=clock.now()
    )


def test_the_contract_is_recorded_with_its_file(world: World) -> None:
    clock.set_to(clock.now() + timedelta(days=9))
    contract = record(world)
    assert (world.fresh().state, contract.award.application) == ("contracted", world.application("ana"))
    assert contract.file is not None


@pytest.mark.parametrize(
    ("how", "code"),
    [({"amount": "0"}, "CON-04"), ({"amount": "11800.01"}, "CON-05"), ({"pdf": False}, "CON-06")],
)
def test_a_contract_that_is_not_the_awarded_one_is_refused(world: World, how: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        record(world, **how)
    assert refused.value.codes == [code]
    assert (world.fresh().state, Contract.objects.filter(call=world.call).exists()) == ("awarded", False)


@pytest.mark.parametrize(("days", "code"), [(-1, "CON-02"), (1, "CON-03")])
def test_it_was_signed_after_the_award_was_final_and_not_in_the_future(world: World, days: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        record(world, day=today() + timedelta(days=days))
    assert refused.value.codes == [code]


def test_only_the_officer_records_it_and_only_once(world: World) -> None:
    for who in ("authority", "chair", "auditor"):
        with pytest.raises(NotPermitted):
            record(world, who=who)
    record(world)
    with pytest.raises(Refused) as refused:
        record(world)
    assert "CON-01" in refused.value.codes


def test_the_index_lists_every_paper_and_document_with_its_digest(world: World) -> None:
    write_papers()
    contract = record(world)
    before = log_digest(world.call.reference)
    paper = write_archive_index(call=world.fresh(), actor=world["officer"], now=clock.now())
    listed = {one["sha256"]: one for one in paper.facts["documents"]}
    papers = world.call.papers.exclude(file=None)
    assert papers.count() > 10
    assert {one.file.sha256 for one in papers if one.file} <= set(listed)
    assert contract.file is not None
    assert (
        listed[contract.file.sha256]["keep_until"]
        == contract.signed_on.replace(year=contract.signed_on.year + 5).isoformat()
    )
    titles = [one["title"] for one in paper.facts["documents"]]
    assert [one for one in titles if one.endswith("Président(e)")]  # in the language of the call
    assert not [one for one in titles if "Chair" in one or "Secretary" in one]
    assert paper.facts["log_sha256"] == before
    assert registry.render(kind="archive_index", written=paper.facts)[:2] == b"PK"


def test_what_was_never_opened_shows_its_digest_and_no_name(world: World) -> None:
    record(world)
    paper = write_archive_index(call=world.fresh(), actor=world["officer"], now=clock.now())
    listed = {one["sha256"]: one for one in paper.facts["documents"]}
    late = world.application("lou").documents.first()
    price = world.application("dan").documents.get(requirement__code="B1")
    opened = world.application("dan").documents.get(requirement__code="A1")
    for sealed in (late, price):
        assert sealed is not None
        assert (listed[sealed.file.sha256]["sealed"], listed[sealed.file.sha256]["filename"]) == (True, "")
    assert (listed[opened.sha256]["sealed"], listed[opened.sha256]["filename"]) == (False, opened.name)


def test_the_file_is_archived_once_its_index_is_in_word(world: World) -> None:
    record(world)
    with pytest.raises(Refused) as refused:
        archive_call(call=world.fresh(), actor=world["officer"], now=clock.now())
    assert refused.value.codes == ["AWD-14"]
    write_archive_index(call=world.fresh(), actor=world["officer"], now=clock.now())
    with pytest.raises(Refused):
        archive_call(call=world.fresh(), actor=world["officer"], now=clock.now())
    write_papers()
    assert archive_call(call=world.fresh(), actor=world["officer"], now=clock.now()).state == "archived"


def test_there_is_no_index_before_the_contract(world: World) -> None:
    with pytest.raises(NoSuchMove):
        write_archive_index(call=world.fresh(), actor=world["officer"], now=clock.now())


def test_a_call_is_not_unsuccessful_while_somebody_is_in_the_race(db: None) -> None:
    world = priced({"ana": GRENOBLE["ana"]}, late=("lou",))
    with pytest.raises(Refused) as refused:
        declare_unsuccessful(call=world.fresh(), reason=NOBODY, actor=world["chair"], now=clock.now())
    assert (refused.value.codes, label(world, "ana") in refused.value.reasons[0].sentence) == (["AWD-15"], True)
    ranked(world)
    exclude_application(application=world.application("ana"), reason=NOBODY, actor=world["chair"], now=clock.now())
    ended = declare_unsuccessful(call=world.fresh(), reason=NOBODY, actor=world["chair"], now=clock.now())
    assert (ended.state, ended.end_reason) == ("unsuccessful", NOBODY)
    assert ended.papers.filter(kind=PaperKind.CANCELLATION_NOTICE).get().facts["outcome"] == "unsuccessful"
    assert {one.kind for one in drafted(world)} == {LetterKind.CANCELLATION}
    send_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
    assert OutboxMessage.objects.filter(scope=ended.reference, payload__kind="letter").count() == 2
    assert world.fresh().standstill_until is None


def test_before_the_opening_nobody_learns_whether_anybody_applied(db: None) -> None:
    answers = []
    for world in (closed_call(in_time=("ana",)), closed_call(in_time=())):
        with pytest.raises(Refused) as refused:
            declare_unsuccessful(call=world.fresh(), reason=NOBODY, actor=world["chair"], now=clock.now())
        answers.append([reason.sentence for reason in refused.value.reasons])
        with pytest.raises(Refused) as refused:
            draft_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
        answers[-1] += [reason.sentence for reason in refused.value.reasons]
    assert answers[0] == answers[1]


def test_a_dead_message_is_sent_again_by_an_officer_of_its_call(world: World) -> None:
    message = outbox.post(
        "procurement.send_mail", key="dead", now=clock.now(), scope=world.call.reference, kind="letter"
    )
    with pytest.raises(NoSuchMove):
        retry_message(call=world.fresh(), message=message, actor=world["officer"], now=clock.now())
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=clock.now(), attempts=8)
    with pytest.raises(NotPermitted):
        retry_message(call=world.fresh(), message=message, actor=world["chair"], now=clock.now())
    retried = retry_message(call=world.fresh(), message=message, actor=world["officer"], now=clock.now())
    assert (retried.dead_at, retried.attempts) == (None, 0)


def test_a_message_of_another_call_is_not_ones_own(world: World) -> None:
    message = outbox.post("procurement.send_mail", key="other", now=clock.now(), scope="ANOTHER-CALL", kind="letter")
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=clock.now())
    with pytest.raises(NoSuchMove):
        retry_message(call=world.fresh(), message=message, actor=world["officer"], now=clock.now())

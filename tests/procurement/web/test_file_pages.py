"""The file in pages: the contract, the archive, the papers, and messages that did not leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from procurement.enums import PaperKind
from procurement.models import Call, Contract
from tests.procurement.applying import PDF
from tests.procurement.awards import REASONS, awarded, decided
from tests.procurement.committees import World, kept, write_papers
from tests.procurement.web.award_pages import do, read, ready_to_report, see
from tests.procurement.web.visits import text_of
from workflow import clock, outbox
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ready(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, ready_to_report)


@pytest.fixture
def world(ready: World, db: None) -> World:
    return ready.again()


def pdf(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("contrat signé.pdf", content, content_type="application/pdf")


def test_the_contract_is_recorded_with_its_file_and_the_file_is_archived(world: World) -> None:
    awarded(world)
    clock.set_to(clock.now() + timedelta(days=3))
    day = clock.now().date().isoformat()
    assert see(world, "chair", "contract/").status_code == 404
    assert "appears here once an officer" in read(world, "auditor", "contract/")
    wrong = do(world, "officer", "contract/", signed_on=day, amount="11800", file=pdf(b"just words"))
    assert (wrong.status_code, "Add the signed contract as a PDF file." in text_of(wrong)) == (409, True)
    assert f'value="{day}"' in wrong.content.decode()
    none = do(world, "officer", "contract/", signed_on=day, amount="11800")
    assert (none.status_code, Contract.objects.filter(call=world.call).exists()) == (409, False)
    assert do(world, "officer", "contract/", signed_on=day, amount="11800", file=pdf()).status_code == 302
    contract = Contract.objects.select_related("file").get(call=world.call)
    assert contract.file is not None
    answer = see(world, "officer", "contract/file")
    assert b"".join(answer.streaming_content) == PDF
    assert do(world, "officer", "archive/index").status_code == 302
    write_papers()
    said = read(world, "officer", "archive/")
    assert "Signed contract" in said or "Contrat signé" in said
    assert "Never opened" in said
    assert do(world, "officer", "archive/closing").status_code == 302
    assert world.fresh().state == "archived"
    assert "The file was archived on" in read(world, "auditor", "archive/")


def test_a_paper_is_read_in_word_and_on_the_page_by_those_who_may(world: World) -> None:
    decided(world)
    write_papers()
    call = Call.objects.get(pk=world.call.pk)
    decision = call.papers.get(kind=PaperKind.AWARD_DECISION)
    grid = call.papers.get(kind=PaperKind.TECHNICAL_REPORT)
    word = see(world, "authority", f"papers/{decision.pk}/")
    assert b"".join(word.streaming_content)[:2] == b"PK"
    assert REASONS in read(world, "authority", f"papers/{decision.pk}/words/")
    assert "Award decision" in read(world, "authority", "papers/")
    assert see(world, "v1", f"papers/{decision.pk}/").status_code == 404
    assert see(world, "v1", f"papers/{grid.pk}/").status_code == 200
    assert see(world, "ana", "papers/").status_code == 404


def test_dead_messages_are_listed_and_tried_again(world: World) -> None:
    message = outbox.post(
        "procurement.send_mail",
        key="dead",
        now=clock.now(),
        scope=world.call.reference,
        kind="letter",
        user_id=world["ana"].pk,
    )
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=clock.now(), last_error="Refused: mailbox full")
    assert "mailbox full" in read(world, "officer", "messages/")
    assert "Try again" not in read(world, "auditor", "messages/")
    assert see(world, "chair", "messages/").status_code == 404
    assert do(world, "auditor", f"messages/{message.pk}/retry").status_code == 403
    assert do(world, "officer", f"messages/{message.pk}/retry").status_code == 302
    assert "mailbox full" not in read(world, "officer", "messages/")
    assert do(world, "officer", f"messages/{message.pk}/retry").status_code == 404

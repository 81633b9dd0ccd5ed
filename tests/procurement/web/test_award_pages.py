"""The pages from the report to the archive: who acts, what is kept when it is refused, and where one is led."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.actions.exclude_application import exclude_application
from procurement.actions.send_letters import send_letters
from procurement.enums import PaperKind
from procurement.models import Call, Contract, Letter
from tests.procurement.applying import PDF
from tests.procurement.awards import (
    GRENOBLE,
    REASONS,
    awarded,
    decided,
    drafted,
    label,
    priced,
    proposed,
    ranked,
    reported,
)
from tests.procurement.committees import World, kept, write_papers
from tests.procurement.web.visits import Visit, text_of
from workflow import clock, outbox
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
LETTERS_QUESTIONS = 20  # of the whole page, session, tabs and steps included
WHY = "The report does not say why the price is plausible."
ACTS = ("award/report", "award/proposal", "award/decision", "award/return", "award/withdrawal", "letters/drafts")


@pytest.fixture(scope="module")
def ready(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        world = priced(GRENOBLE, late=("lou",))
        ranked(world)
        return world

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(ready: World, db: None) -> World:
    return ready.again()


def see(world: World, who: str, path: str = "award/") -> Any:
    return Visit(world[who], world.fresh()).get(path)


def do(world: World, who: str, path: str, **sent: Any) -> Any:
    return Visit(world[who], world.fresh()).post(path, **sent)


def read(world: World, who: str, path: str = "award/") -> str:
    return text_of(see(world, who, path)).replace("\u00a0", " ")


def test_the_report_is_written_signed_and_the_award_proposed_on_the_page(world: World) -> None:
    assert "Next step: write the evaluation report" in read(world, "secretary")
    assert "Write the evaluation report first." in read(world, "chair")
    assert do(world, "secretary", "award/report", recommendation="We recommend ana.").status_code == 302
    write_papers()
    assert "Sign the report" in read(world, "v1")
    paper = world.fresh().papers.get(kind=PaperKind.EVALUATION_REPORT)
    for who in ("v1", "v2", "v3"):
        assert do(world, who, f"papers/{paper.pk}/signature", dissent="").status_code == 302
    assert do(world, "chair", "award/proposal").status_code == 302
    assert world.fresh().state == "award_proposed"


def test_the_authority_reads_the_proposal_and_decides_with_reasons(world: World) -> None:
    proposed(world)
    said = read(world, "authority")
    assert f"The committee proposes {label(world, 'ana')}, Ana Applicant , for €11,800.00 excluding tax." in said
    assert "Proposal to the authority Done Decision Now" in said
    short = do(world, "authority", "award/decision", reasons="cheapest")
    assert (short.status_code, "cheapest" in short.content.decode()) == (409, True)
    assert do(world, "authority", "award/decision", reasons=REASONS).status_code == 302
    assert world.fresh().state == "award_decided"
    assert "Nobody has been told yet: the letters come next." in read(world, "officer")


def test_a_proposal_is_sent_back_with_the_text_kept_when_it_is_too_short(world: World) -> None:
    proposed(world)
    short = do(world, "authority", "award/return", reason="no, not so")
    assert (short.status_code, "no, not so" in short.content.decode()) == (409, True)
    back = do(world, "authority", "award/return", reason=WHY)
    assert (back.status_code, world.fresh().state) == (302, "ranked")
    assert (
        see(world, "authority", "").status_code == 200
    )  # where the redirect leads: the award is not theirs to see now


def test_nobody_else_acts(world: World) -> None:
    proposed(world)
    for who in ("officer", "chair", "v1", "auditor", "approver"):
        assert do(world, who, "award/decision", reasons=REASONS).status_code == 403
    for path in ACTS:
        assert do(world, "ana", path).status_code == 404
        assert see(world, "authority", path).status_code in (404, 405)
    assert world.fresh().state == "award_proposed"


def test_proposing_deciding_and_sending_want_a_fresh_second_factor(world: World, settings: Any) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    reported(world)
    for who, path in (("chair", "award/proposal"), ("authority", "award/decision"), ("officer", "letters/sending/")):
        Authenticator.objects.create(user=world[who], type="totp", data={"secret": "x"})
        visit = Visit(world[who], world.fresh())
        session = visit.client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 24 * 3600}]
        session.save()
        answer = visit.post(path, reasons=REASONS)
        assert (answer.status_code, "reauthenticate" in answer.url) == (302, True)
    assert world.fresh().state == "ranked"


def test_the_letters_are_drafted_read_approved_and_sent(world: World) -> None:
    decided(world)
    assert do(world, "officer", "letters/drafts").status_code == 302
    assert "5 letters, 0 read and approved" in read(world, "officer", "letters/")
    ben = label(world, "ben")
    page = read(world, "officer", f"letters/to/{ben}/")
    assert "Candidature non retenue" in page
    assert "The panel agreed on the mean of its members." in page
    hope = "We hope that you apply again."
    assert do(world, "officer", f"letters/to/{ben}/approval", note=hope).url.endswith(f"letters/to/{ben}/")
    shown = read(world, "officer", f"letters/to/{ben}/")  # words not yet seen in the letter are kept, not approved
    assert hope in shown
    assert "To read" in shown
    assert do(world, "officer", f"letters/to/{ben}/approval", note=f"{hope}\r\n").status_code == 302
    assert "Read and approved" in read(world, "officer", f"letters/to/{ben}/")
    for who in ("ana", "cora", "dan", "lou"):
        assert do(world, "officer", f"letters/to/{label(world, who)}/approval").status_code == 302
    check = read(world, "officer", "letters/sending/")
    assert "Who will be told" in check
    assert "10 full days" in check
    assert do(world, "officer", "letters/sending/").status_code == 302
    assert world.fresh().state == "standstill"
    assert "on its way" in read(world, "officer", "letters/")
    outbox.deliver_waiting()
    assert re.search(r"ben\d+@example\.org: left on ", read(world, "officer", "letters/"))


def test_sending_is_refused_with_the_labels_of_what_was_not_read(world: World) -> None:
    decided(world)
    do(world, "officer", "letters/drafts")
    said = read(world, "officer", "letters/sending/")
    assert "These letters have not been read and approved: E1, E2, E3, E4, E5." in said
    assert do(world, "officer", "letters/sending/").status_code == 409
    assert not OutboxMessage.objects.filter(scope=world.call.reference, payload__kind="letter").exists()


def test_letters_are_read_by_the_officer_the_authority_and_the_auditor(world: World) -> None:
    decided(world)
    drafted(world)
    path = f"letters/to/{label(world, 'ben')}/"
    for who in ("officer", "authority", "auditor"):
        assert see(world, who, "letters/").status_code == see(world, who, path).status_code == 200
    for who in ("chair", "v1", "observer", "approver", "ana"):
        assert see(world, who, "letters/").status_code == see(world, who, path).status_code == 404
    assert do(world, "authority", f"{path}draft").status_code == 403
    assert "Take back to change" not in read(world, "authority", path)


def test_a_letter_taken_back_can_be_changed(world: World) -> None:
    decided(world)
    drafted(world)
    path = f"letters/to/{label(world, 'ben')}/"
    refused = do(world, "officer", path, note="Too late.")
    assert (refused.status_code, "Too late." in refused.content.decode()) == (409, True)
    assert do(world, "officer", f"{path}draft").status_code == 302
    assert do(world, "officer", path, note="In time.").status_code == 302
    assert Letter.objects.get(application=world.applications["ben"]).note == "In time."


def test_the_list_of_letters_asks_as_much_for_one_as_for_five(world: World, db: None) -> None:
    counts = []
    for one in (priced({"ana": GRENOBLE["ana"]}), world):
        if one is not world:
            ranked(one)
        decided(one)
        drafted(one)
        send_letters(call=one.fresh(), actor=one["officer"], now=clock.now())
        visit = Visit(one["officer"], one.fresh())
        with CaptureQueriesContext(connection) as asked:
            assert visit.get("letters/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == LETTERS_QUESTIONS


def test_the_standstill_is_shown_in_the_zone_of_the_call(world: World) -> None:
    decided(world)
    drafted(world)
    send_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
    assert "The standstill runs until Sunday 24 March 2030, 00:00 , Madrid time (UTC+1)" in read(world, "authority")


def test_an_award_is_withdrawn_on_the_page_and_the_text_is_kept(world: World) -> None:
    decided(world)
    drafted(world)
    send_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
    assert "Withdraw the award" in read(world, "authority")
    assert "Withdraw the award" not in read(world, "officer")
    short = do(world, "authority", "award/withdrawal", reason="a short one")
    assert (short.status_code, "a short one" in short.content.decode()) == (409, True)
    assert do(world, "authority", "award/withdrawal", reason=WHY).status_code == 302
    assert f"{label(world, 'ben')} comes first" in read(world, "chair", "ranking/")
    assert WHY in read(world, "chair")


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


def test_a_call_with_nobody_left_is_declared_unsuccessful(world: World) -> None:
    assert "Applications are still in the race" in read(world, "chair", "unsuccessful/")
    kept_text = do(world, "chair", "unsuccessful/", reason="Nobody is left, we think.")
    assert (kept_text.status_code, "Nobody is left, we think." in kept_text.content.decode()) == (409, True)
    for who in ("ana", "ben"):
        exclude_application(application=world.application(who), reason=WHY, actor=world["chair"], now=clock.now())
    assert see(world, "officer", "unsuccessful/").status_code == 404
    assert do(world, "chair", "unsuccessful/", reason="Nobody is left in the race.").status_code == 302
    assert world.fresh().state == "unsuccessful"
    assert {one.kind for one in world.fresh().letters.all()} == {"cancellation"}
    assert "Read and send the letters" in text_of(Visit(world["officer"], world.fresh()).client.get("/desk/"))
    assert "Appel déclaré infructueux" in read(world, "officer", f"letters/to/{label(world, 'ana')}/")


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

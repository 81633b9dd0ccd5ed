"""The award in pages: reported, proposed, decided, sent back or withdrawn; who acts, and what is kept when it is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from procurement.actions.exclude_application import exclude_application
from procurement.actions.send_letters import send_letters
from procurement.enums import PaperKind
from tests.procurement.awards import REASONS, decided, drafted, label, proposed, reported
from tests.procurement.committees import World, kept, write_papers
from tests.procurement.web.award_pages import do, read, ready_to_report, see
from tests.procurement.web.visits import Visit, text_of
from workflow import clock

pytestmark = pytest.mark.django_db
WHY = "The report does not say why the price is plausible."
ACTS = ("award/report", "award/proposal", "award/decision", "award/return", "award/withdrawal", "letters/drafts")


@pytest.fixture(scope="module")
def ready(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, ready_to_report)


@pytest.fixture
def world(ready: World, db: None) -> World:
    return ready.again()


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

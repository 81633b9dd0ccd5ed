"""Acts that count, in pages: suspension, resumption, cancellation, with a reason and a fresh proof of identity."""

from __future__ import annotations

from typing import Any

import pytest

from tests.procurement.drafts import local, office
from tests.procurement.web.visits import text_of, visit
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le seuil n’est pas justifié dans le dossier."


def test_suspension_and_resumption_ask_a_reason_and_say_who_is_told() -> None:
    world = office("published")
    assert visit(world).get("suspension/").status_code == 404
    page = visit(world, "approver").get("suspension/")
    assert "everybody who has begun an application" in text_of(page)
    assert visit(world, "approver").post("suspension/", reason="non").status_code == 409
    assert visit(world, "approver").post("suspension/", reason=REASON).status_code == 302
    clock.set_to(local("2020-02-05T12:00"))

    form = visit(world, "approver").get("resumption/").context["form"]
    assert form.least == local("2020-03-15T17:00")
    sent = {"deadline_0": "2020-03-13", "deadline_1": "17:00", "reason": REASON}
    refused = visit(world, "approver").post("resumption/", **sent)
    assert refused.status_code == 409
    assert "Give back at least the suspended time" in text_of(refused)
    assert 'value="2020-03-13"' in refused.content.decode()
    assert visit(world, "approver").post("resumption/", **sent | {"deadline_0": ""}).status_code == 422
    assert visit(world, "approver").post("resumption/", **sent | {"deadline_0": "2020-03-15"}).status_code == 302
    assert world.fresh().deadline == local("2020-03-15T17:00")


def test_a_cancellation_is_asked_decided_and_declined_in_pages() -> None:
    world = office("published")
    assert visit(world, "chair").get("cancellation/").status_code == 404
    assert visit(world).post("cancellation/", reason="non").status_code == 409
    assert visit(world).post("cancellation/", reason=REASON).status_code == 302
    assert "Cancel the call" in text_of(visit(world, "authority").get("cancellation/"))
    assert visit(world, "authority").post("cancellation/end", reason=REASON).status_code == 302
    assert visit(world).post("cancellation/", reason=REASON).status_code == 302
    assert visit(world).post("cancellation/decision").status_code == 403
    assert visit(world, "authority").post("cancellation/decision").status_code == 302
    assert world.fresh().state == "cancelled"


@pytest.mark.parametrize(
    ("page", "who", "stage"),
    [("publication", "officer", "approved"), ("cancellation/decision", "authority", "published")],
)
def test_acts_that_count_ask_for_a_fresh_proof_of_identity(page: str, who: str, stage: str, settings: Any) -> None:
    world = office(stage)
    settings.TWO_FACTOR_REQUIRED = True
    answer = visit(world, who).post(page)

    assert answer.status_code == 302
    assert "/calls/" not in answer["Location"].split("?")[0]
    assert world.fresh().state == stage

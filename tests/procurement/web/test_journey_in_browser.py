"""The whole life of a call by clicking: from an empty desk to the archive, every role in a browser of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.procurement.web.journey import applying, awarding, drafting, judging, opening
from tests.procurement.web.journey.people import Journey

pytestmark = pytest.mark.django_db(transaction=True)

SCENES = [
    drafting.write_the_draft,
    drafting.seat_the_committee,
    drafting.have_it_approved,
    drafting.publish,
    applying.apply_at_a_desk,
    applying.apply_on_a_phone,
    applying.apply_without_javascript,
    applying.let_the_deadline_pass,
    opening.open_the_technical_envelopes,
    opening.declare_impartiality,
    opening.check_the_documents,
    judging.mark_alone,
    judging.write_the_consensus,
    judging.open_the_prices,
    judging.rank,
    awarding.propose_and_decide,
    awarding.send_the_letters,
    awarding.finish_the_standstill,
    awarding.record_the_contract_and_archive,
]


def test_a_call_from_the_first_draft_to_the_archive(live_browser: Any, tmp_path: Path) -> None:
    journey = Journey(live_browser, tmp_path)
    for scene in SCENES:
        scene(journey)
    assert journey.faults == []

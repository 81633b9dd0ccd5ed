"""Every mail of this room can be written, in both languages, with what its reader needs."""

from __future__ import annotations

import pytest
from django.utils import translation

from procurement.actions.cancel_call import ask_cancellation
from procurement.mails import compose
from tests.procurement.drafts import Office, office
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le financement du programme est retiré."
KINDS = {
    "seat_given": "committee/",
    "seat_ended": "V3",
    "key_named": "keys/own/",
    "drill_asked": "keys/own/",
    "drill_reminder": "17:00",
    "keys_untried": "3. ",
    "call_to_review": "review/",
    "call_returned": REASON,
    "call_approved": "2020",
    "call_suspended": REASON,
    "call_resumed": "17:00",
    "call_cancelled": REASON,
    "cancellation_asked": REASON,
    "cancellation_dropped": "/calls/",
    "call_ended": "https://leave.example/",
    "letters_to_read": "letters/",
    "new_call": "https://leave.example/",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        made = office("published")
        ask_cancellation(call=made.call, reason=REASON, actor=made.cast["officer"], now=clock.now())
        yield made
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("kind", "part"), KINDS.items())
def test_a_mail_is_written(world: Office, kind: str, part: str, language: str) -> None:
    ids = {"reason": REASON, "member": "V3", "leave": "https://leave.example/", "tried": 1, "wanted": 3}
    with translation.override(language):
        letter = compose(kind=kind, person=world.cast["officer"], call_id=world.call.pk, ids=ids)

    assert part in letter.text
    assert world.call.reference in letter.subject or kind in ("new_call", "call_ended")
    assert "\n" not in letter.subject
    for unwritten in ("{{", "{%", "<time", "&#x27;", "None"):
        assert unwritten not in letter.text + letter.subject

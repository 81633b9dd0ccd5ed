"""Before the opening nobody but the applicant learns that somebody applies: every page stays as it was, to the letter."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.enums import Role
from accounts.models import Membership
from procurement.actions.withdraw_application import withdraw_application
from procurement.models import Application, Call, OpeningSession
from procurement.web.moves import moves_of
from tests.procurement.applying import AFTER, BEFORE, attach, complete_application, open_call, person, submit, submitted
from tests.procurement.keys import give_key
from workflow import clock, outbox

pytestmark = pytest.mark.django_db
OF_A_CALL = [
    "call_overview",
    "call_draft",
    "call_committee",
    "call_opening",
    "call_papers",
    "call_log",
    "call_applicants",
]
OF_ALL = ["desk", "calls", "public_calls", "public_awards", "public_log", "public_keys"]
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"|nonce-[^"]*')


def staff_of(call: Call) -> dict[str, Any]:
    """Return one person for each way of working on a call."""
    people = {"officer": call.created_by}
    for role in (Role.APPROVER, Role.AUTHORITY, Role.AUDITOR):
        people[role] = person(f"{role.title()} Staff")
        Membership.objects.create(user=people[role], organisation=call.organisation, role=role)
    for number, seat in enumerate(("chair", "secretary", "evaluator", "observer"), 1):
        people[seat] = person(f"{seat.title()} Member")
        member = call.members.create(user=people[seat], seat=seat, label=f"M{number}", accepted_at=BEFORE)
        if seat in {"chair", "secretary"}:
            give_key(call, member)
    return people


def pages_of(client: Client, call: Call, at: datetime) -> dict[str, str]:
    """Return every page that may say something of a call, without what varies from one answer to the next."""
    shown = {}
    for name in [*OF_A_CALL, *OF_ALL, "public_call"]:
        try:
            address = reverse(name, args=[] if name in OF_ALL else [call.reference])
        except NoReverseMatch:
            continue
        clock.set_to(at)
        answer = client.get(address)
        text = answer.content.decode() if not answer.streaming else ""
        shown[name] = f"{answer.status_code} {VARYING.sub('', text)}"
    return shown


def apply_in_many_ways(call: Call) -> None:
    """Let people begin, submit, replace, withdraw; papers and mails are made."""
    begun = complete_application(call, person("Ana Begins"))
    attach(begun, "A5", begun.user)
    once = submitted(call, person("Ben Submits"))
    submit(once, once.user, at=BEFORE + timedelta(minutes=1))
    gone = submitted(call, person("Cyd Withdraws"))
    withdraw_application(application=gone, actor=gone.user, now=BEFORE + timedelta(minutes=2))
    outbox.deliver_waiting()
    assert call.applications.count() == 3
    assert call.papers.count() >= 3


def seen_by_everybody(clients: dict[str, Client], call: Call, at: datetime) -> dict[tuple[str, str], str]:
    return {(who, name): text for who, client in clients.items() for name, text in pages_of(client, call, at).items()}


@pytest.mark.parametrize("at", [BEFORE, AFTER], ids=["open", "closed, in the session of the opening"])
def test_no_page_changes_when_people_apply(at):
    call = open_call()
    people = staff_of(call)
    if at == AFTER:
        OpeningSession.objects.create(call=call, kind="technical", started_by=people["secretary"], started_at=AFTER)
    clients = {who: Client() for who in (*people, "nobody")}
    for who, user in people.items():
        clients[who].force_login(user)
    clock.set_to(at)
    clients["officer"].get(reverse("call_overview", args=[call.reference]))  # the first page after the deadline closes
    before = seen_by_everybody(clients, call, at)
    assert before["secretary", "call_opening"].startswith("200")
    apply_in_many_ways(Call.objects.get(pk=call.pk))
    after = seen_by_everybody(clients, call, at)
    assert [place for place in before if after[place] != before[place]] == []


def test_moves_of_those_who_run_the_call_never_depend_on_applications():
    call = open_call()
    people = staff_of(call)
    before = {who: moves_of(user, now=BEFORE) for who, user in people.items()}
    apply_in_many_ways(call)
    assert {who: moves_of(user, now=BEFORE) for who, user in people.items()} == before
    assert Application.objects.count() == 3


def test_what_waits_on_an_applicant_is_the_draft_to_finish():
    actor = person()
    draft = complete_application(open_call(), actor)
    mine, _others = moves_of(actor, now=BEFORE)
    assert [(move.url, move.due) for move in mine] == [
        (reverse("application", args=[draft.reference]), draft.call.deadline)
    ]
    submit(draft, actor)
    assert moves_of(actor, now=BEFORE) == ([], [])

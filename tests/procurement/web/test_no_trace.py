"""Before the opening nobody but the applicant learns that somebody applies: every page stays as it was, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.enums import Role
from accounts.models import Membership, User
from procurement.actions.withdraw_application import withdraw_application
from procurement.models import Application, Call, OpeningSession
from procurement.web.moves import moves_of
from tests.procurement.applying import (
    AFTER,
    BEFORE,
    attach,
    complete_application,
    give_keys,
    open_call,
    person,
    submit,
    submitted,
)
from tests.procurement.keys import give_key
from workflow import clock, outbox
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
MANY = 20
NOT_OF_CALLS = re.compile(r"^(accounts|account|demo|health|static|organisations|invitations|firms|expert|experts)\b")
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"|nonce-[^"]*')
OF_THE_MOMENT = {"Date", "Set-Cookie", "Expires"}
EVERYBODY = ("officer", "approver", "authority", "auditor", "chair", "secretary", "evaluator", "observer", "nobody")


def addresses(call: Call) -> dict[str, str]:
    """Return the address of every page that needs nothing but a call, or nothing at all."""
    found = {}
    for name, route, wanted in _routes(get_resolver().url_patterns):
        if name and not NOT_OF_CALLS.match(route) and not wanted:
            found[name] = reverse(name)
        elif name and route.startswith(("calls/", "notices/")) and wanted == {"reference"}:
            found[name] = reverse(name, args=[call.reference])
    return found


def _routes(patterns: Any, before: str = "") -> Iterator[tuple[str, str, set[str]]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield one.name or "", route, set(one.pattern.regex.groupindex)


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
    give_keys(call)
    return people


@contextmanager
def standing(at: datetime) -> Iterator[None]:
    """Stop the clock: however long a page takes, it shows this instant."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
            f"$$ SELECT timestamptz '{at.isoformat()}' $$"
        )
    yield
    clock.allow_setting()


def pages_of(client: Client, call: Call) -> dict[str, str]:
    """Return every page that may say something of a call, with its headers, without what varies between two answers."""
    shown = {}
    for name, address in addresses(call).items():
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = {key: value for key, value in answer.headers.items() if key not in OF_THE_MOMENT}
        text = VARYING.sub("", content.decode("utf-8", "replace"))
        shown[name] = f"{answer.status_code} {len(content)} {headers} {text}"
    return shown


def apply_in_many_ways(call: Call) -> None:
    """Let twenty people begin; most submit, some again, some withdraw; messages are delivered."""
    for number in range(MANY):
        if number % 10 == 0:
            begun = complete_application(call, person(f"Ana{number} Begins"))
            attach(begun, "A5", begun.user)
            continue
        one = submitted(call, person(f"Ben{number} Submits"))
        if number % 5 == 1:
            submit(one, one.user, at=BEFORE + timedelta(minutes=1))
        if number % 5 == 2:
            withdraw_application(application=one, actor=one.user, now=BEFORE + timedelta(minutes=2))
    outbox.deliver_waiting()
    assert (call.applications.count(), call.papers.exclude(application=None).count()) == (MANY, 0)


def seen_by_everybody(clients: dict[str, Client], call: Call, at: datetime) -> dict[tuple[str, str], str]:
    with standing(at):
        return {(who, name): text for who, client in clients.items() for name, text in pages_of(client, call).items()}


@pytest.mark.parametrize("at", [BEFORE, AFTER], ids=["open", "closed, in the session of the opening"])
def test_no_page_no_header_and_no_size_changes_when_twenty_people_apply(at: datetime) -> None:
    call = open_call()
    people = staff_of(call)
    if at == AFTER:
        OpeningSession.objects.create(call=call, kind="technical", started_by=people["secretary"], started_at=AFTER)
    clients = {who: Client() for who in EVERYBODY}
    for who in clients.keys() - {"nobody"}:
        clients[who].force_login(people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    clock.set_to(at)
    clients["officer"].get(reverse("call_overview", args=[call.reference]))  # the first page after the deadline closes
    seen_by_everybody(clients, call, at)  # what is refused to them leaves its events, once
    before = seen_by_everybody(clients, call, at)
    assert before["secretary", "call_opening"].startswith("200")
    assert before["nobody", "public_calls"].startswith("200")
    assert len({name for _who, name in before}) > 40
    apply_in_many_ways(Call.objects.get(pk=call.pk))
    after = seen_by_everybody(clients, call, at)
    holders = ("chair", "secretary")  # they open: that is the opening
    in_the_session = {(who, "opening_pieces") for who in holders} if at == AFTER else set()
    assert {place for place in before if after[place] != before[place]} <= in_the_session


def test_no_mail_goes_to_anybody_but_the_applicant() -> None:
    call = open_call()
    people = staff_of(call)
    waiting = OutboxMessage.objects.count()
    apply_in_many_ways(call)
    applicants = set(User.objects.filter(applications__call=call).values_list("email", flat=True))
    assert len(applicants) == MANY
    told = {address for one in mail.outbox for address in one.to}
    assert told <= applicants
    assert told
    assert not told & {one.email for one in people.values()}
    assert OutboxMessage.objects.count() > waiting


def test_moves_of_those_who_run_the_call_never_depend_on_applications() -> None:
    call = open_call()
    people = staff_of(call)
    before = {who: moves_of(user, now=BEFORE) for who, user in people.items()}
    apply_in_many_ways(call)
    assert {who: moves_of(user, now=BEFORE) for who, user in people.items()} == before
    assert Application.objects.count() == MANY


def test_what_waits_on_an_applicant_is_the_draft_to_finish() -> None:
    actor = person()
    draft = complete_application(open_call(), actor)
    mine, _others = moves_of(actor, now=BEFORE)
    assert [(move.url, move.due) for move in mine] == [
        (reverse("application", args=[draft.reference]), draft.call.deadline)
    ]
    submit(draft, actor)
    assert moves_of(actor, now=BEFORE) == ([], [])

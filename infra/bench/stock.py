"""Calls with many applications, written in bulk.

The doors would need minutes for thousands. The rows are the ones the doors write, with one event for each state, all in
one transaction: every constraint and every trigger of the database is in force and agrees, or nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, User
from infra.bench.filling import Filling, write_events
from procurement.enums import ApplicationState, CallState, Seat, SheetState
from procurement.models import (
    Application,
    Call,
    CommitteeMember,
    Criterion,
    Declaration,
    KeyHolder,
    PublishedDeadline,
    Requirement,
    ScoreSheet,
)
from procurement.rules.presets import preset
from procurement.sealing import fingerprint
from procurement.sealing.holders import make_holder_key
from workflow import clock

CRITERIA, SHEETS, HOLDERS = 5, 3, 4
TEXT = "Prepare the profile of migration in the city with those who work on it, from interviews and from what is published. "
LEADING = [(Seat.CHAIR, "Chair"), (Seat.SECRETARY, "Secretary"), (Seat.OBSERVER, "Observer")]


@dataclass
class Stock:
    """A call at a state with its people; `open_sheets` and `drafts` are what load scripts use up, one each."""

    stage: CallState
    call: Call
    officer: User
    chair: User
    evaluators: list[User]
    drafts: list[Application] = field(default_factory=list)
    open_sheets: list[ScoreSheet] = field(default_factory=list)


def stocked(*, state: CallState, applications: int, spare: int = 0) -> Stock:
    """Return a call at a state with so many applications.

    `published`: submitted, and `spare` more are ready to be submitted. `evaluation`: compliant, three sheets signed on
    each, but for `spare` sheets of the first evaluator that are filled in and not signed. `financial_opened`: the same,
    all signed, prices open. A call that an earlier run has sown is taken as that run left it.
    """
    name = f"{applications}-{state.value.replace('_', '-')}"
    if sown := Call.objects.filter(reference=f"BENCH-{name}").first():
        return _found(sown, state)
    with transaction.atomic():
        stock = _call(state, name=name)
        filling = Filling(stock.call, applications=applications, spare=spare)
        filling.fill()
        stock.drafts, stock.open_sheets = filling.drafts, filling.open_sheets
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return stock


def _found(call: Call, stage: CallState) -> Stock:
    seats = call.members.select_related("user").order_by("label")
    chair = next(seat.user for seat in seats if seat.seat == Seat.CHAIR)
    stock = Stock(stage, call, call.created_by, chair, [seat.user for seat in seats if seat.seat == Seat.EVALUATOR])
    stock.drafts = list(call.applications.filter(state=ApplicationState.DRAFT).select_related("user"))
    stock.open_sheets = list(call.sheets.filter(state=SheetState.DRAFT).select_related("application"))
    return stock


def _call(state: CallState, *, name: str) -> Stock:
    now = clock.now()
    deadline = now + timedelta(days=20) if state == CallState.PUBLISHED else now - timedelta(days=20)
    body, officer = _body()
    call = Call.objects.create(
        reference=f"BENCH-{name}", organisation=body, created_by=officer, state=state, language="fr", languages=["fr"],
        title={"fr": f"Profil migratoire de la ville, {name}"}, terms={"context": {"fr": TEXT * 8}, "tasks": {"fr": TEXT}},
        kind="expert", cpv="79310000", theme="Migration", country="France", place="Grenoble", timezone="Europe/Madrid",
        ceiling_mode="public_binding", ceiling_amount=Decimal(14000), rules=preset("prag"), two_envelopes=True,
        publish_at=deadline - timedelta(days=40), published_at=deadline - timedelta(days=40), published_by=officer,
        quorum=2, lock_public=make_holder_key()[1], deadline=deadline, opening_at=deadline + timedelta(hours=18), decision_at=deadline + timedelta(days=60),
        **_opened(state, now),
    )  # fmt: skip
    write_events([call], state, now=now)
    call.hold()
    PublishedDeadline.objects.create(call=call, deadline=deadline, published_by=officer)
    _terms(call)
    chair, evaluators = _committee(call, now)
    return Stock(state, call, officer, chair, evaluators)


def _opened(state: CallState, now: datetime) -> dict[str, Any]:
    times: dict[str, Any] = {"next_check_at": None}
    if state != CallState.PUBLISHED:
        times |= {"closed_at": now - timedelta(days=19), "opened_at": now - timedelta(days=18)}
    if state == CallState.FINANCIAL_OPENED:
        times |= {"prices_opened_at": now - timedelta(days=1)}
    return times


def _body() -> tuple[Organisation, User]:
    body, _made = Organisation.objects.get_or_create(
        kind=OrganisationKind.PUBLIC_BODY, name="Ville de Mesure", defaults={"short_name": "VDM", "city": "Grenoble"}
    )
    officer, _made = User.objects.get_or_create(email="officer@bench.example", defaults={"full_name": "Olga Officer"})
    Membership.objects.get_or_create(user=officer, organisation=body, role=Role.OFFICER)
    return body, officer


def _terms(call: Call) -> None:
    names = ["Compréhension", "Méthode", "Expérience", "Formation et langues", "Calendrier"][:CRITERIA]
    Criterion.objects.bulk_create(
        Criterion(call=call, position=number, code=f"C{number}", title={"fr": name}, maximum=Decimal(20))
        for number, name in enumerate(names, start=1)
    )
    Requirement.objects.create(call=call, code="A1", title={"fr": "Note méthodologique"}, formats=["pdf"])
    Requirement.objects.create(call=call, code="B1", title={"fr": "Offre"}, envelope="financial", compulsory=False)


def _give_key(call: Call, member: CommitteeMember, now: datetime) -> None:
    """Give a member a key that submissions are sealed to; its private half is forgotten: nothing is opened here."""
    _private, public = make_holder_key()
    KeyHolder.objects.create(
        call=call, member=member, public_key=public, fingerprint=fingerprint(public), made_at=now, confirmed_at=now
    )


def _committee(call: Call, now: datetime) -> tuple[User, list[User]]:
    voting = [(Seat.EVALUATOR, f"V{number}") for number in range(1, SHEETS + 1)]
    people = {}
    for seat, label in [*LEADING, *voting]:
        people[label], _made = User.objects.get_or_create(
            email=f"{label.lower()}@bench.example", defaults={"full_name": f"{label} Member", "language": "fr"}
        )
        member = CommitteeMember.objects.create(call=call, user=people[label], seat=seat, label=label, accepted_at=now)
        if call.opened_at:
            Declaration.objects.create(member=member, list_sha256="0" * 64)
        if len(people) <= HOLDERS:
            _give_key(call, member, now)
    return people["Chair"], [people[label] for _seat, label in voting]

"""A call with a committee and people who applied, walked through the real doors from the closing to the opened envelopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.enums import Role
from accounts.models import Membership, User
from procurement import server_lock
from procurement.actions.accept_seat import accept_seat
from procurement.actions.appoint_member import appoint_member
from procurement.actions.close_call import close_call
from procurement.actions.confirm_presence import confirm_presence
from procurement.actions.declare_impartiality import declare_impartiality
from procurement.actions.open_technical import open_technical
from procurement.actions.sign_paper import sign_paper
from procurement.actions.start_session import start_session
from procurement.actions.store_paper import store_paper
from procurement.actions.withdraw_application import withdraw_application
from procurement.demo.codes import unlocked
from procurement.demo.keys import release
from procurement.enums import EnvelopeKind, PaperKind, Seat
from procurement.models import Application, Call, CommitteeMember, Criterion, KeyHolder, OpeningSession, Paper
from procurement.rules.presets import preset
from tests.procurement.applying import AFTER, BEFORE, DEADLINE, complete_application, open_call, person, submit
from tests.procurement.keys import give_key, private_of
from tests.procurement.played_once import played_once
from tests.procurement.price_browser import PriceBrowser, offer
from workflow import clock

OPENING = DEADLINE + timedelta(hours=18)
VOTING = ("v1", "v2", "v3")
COMMITTEE = ("chair", "secretary", *VOTING, "observer")
KEYS = ("chair", "secretary", "v1", "v2")


@dataclass
class World:
    """A call, who does what on it, and the applications by the name of who sent them."""

    call: Call
    people: dict[str, User]
    applications: dict[str, Application] = field(default_factory=dict)
    browsers: dict[str, PriceBrowser] = field(default_factory=dict)  # those that sealed a price

    def __getitem__(self, who: str) -> User:
        return self.people[who]

    def again(self) -> World:
        """Return the same world with nothing remembered from an earlier test."""
        return World(
            call=Call.objects.get(pk=self.call.pk), people=dict(self.people), applications=dict(self.applications),
            browsers=dict(self.browsers),
        )  # fmt: skip

    def fresh(self) -> Call:
        """Return the call as the database has it now."""
        self.call = Call.objects.get(pk=self.call.pk)
        return self.call

    def application(self, who: str) -> Application:
        """Return the application of a person as it is now."""
        return unlocked(Application.objects.select_related("call").get(pk=self.applications[who].pk))

    def seat(self, who: str) -> CommitteeMember:
        """Return the seat that a person has or had."""
        return CommitteeMember.objects.filter(call=self.call, user=self[who]).latest("id")


def kept(blocker: Any, build: Callable[[], World]) -> Iterator[World]:
    """Build a world once for the tests of a module; each test undoes its own changes, the module undoes the world."""
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@played_once
def staffed_call(*, two_envelopes: bool = True) -> World:
    """Return an open call whose committee accepted and whose four key holders confirmed; two make the quorum."""
    call = open_call(two_envelopes=two_envelopes)
    Call.objects.filter(pk=call.pk).update(rules=preset("prag") | {"comment_minimum": 0}, quorum=2)
    Criterion.objects.create(call=call, code="C1", title={"fr": "Méthode"}, maximum=Decimal(100))
    world = World(call=Call.objects.get(pk=call.pk), people={"officer": call.created_by})
    for role in (Role.APPROVER, Role.AUTHORITY, Role.AUDITOR):
        world.people[str(role)] = person(f"{role.title()} Staff")
        Membership.objects.create(user=world[str(role)], organisation=call.organisation, role=role)
    for who in COMMITTEE:
        seat_member(world, who)
    for who in KEYS:
        give_key(world.call, world.seat(who))
    Call.objects.filter(pk=call.pk).update(lock_public=server_lock.public_key())
    return world


def seat_member(world: World, who: str, *, accepted: bool = True) -> CommitteeMember:
    """Appoint a person and have the seat accepted."""
    seat = {"chair": Seat.CHAIR, "secretary": Seat.SECRETARY, "observer": Seat.OBSERVER}.get(who, Seat.EVALUATOR)
    world.people[who] = person(f"{who.title()} Member")
    member = appoint_member(
        call=world.call,
        email=world[who].email,
        seat=seat,
        organisation_name="CGLU",
        actor=world["officer"],
        now=clock.now(),
    )
    assert isinstance(member, CommitteeMember)
    return accept_seat(member=member, actor=world[who], now=clock.now()) if accepted else member


@played_once
def closed_call(
    *,
    in_time: tuple[str, ...] = ("ana", "ben"),
    late: tuple[str, ...] = (),
    withdrawn: tuple[str, ...] = (),
    in_browser: tuple[str, ...] = (),
    **how: Any,
) -> World:
    """Return a closed call; applications are begun in time, in the order: in time, late, withdrawn.

    The prices of those `in_browser` are sealed there.
    """
    world = staffed_call(**how)
    for who in (*in_time, *late, *withdrawn):
        world.people[who] = person(f"{who.title()} Applicant")
        world.applications[who] = complete_application(world.call, world[who])
    if in_browser:
        offer(world.call)
    for who in (*in_time, *withdrawn):
        if who in in_browser:
            world.browsers[who] = PriceBrowser(world.applications[who], world[who]).begin()
        prepared = world.browsers[who].prepared() if who in in_browser else None
        submit(world.applications[who], world[who], prepared=prepared)
    for who in withdrawn:
        withdraw_application(application=world.application(who), actor=world[who], now=BEFORE)
    for who in late:
        submit(world.applications[who], world[who], at=AFTER)
    clock.set_to(AFTER + timedelta(minutes=5))
    world.call = close_call(call=world.fresh(), actor=None, now=clock.now())
    clock.set_to(OPENING + timedelta(minutes=10))
    return world


def in_session(
    world: World, *present: str, kind: EnvelopeKind = EnvelopeKind.TECHNICAL, releasing: bool = True
) -> OpeningSession:
    """Start a session, have some people confirm their presence, and the key holders among them release their pieces."""
    session = start_session(call=world.fresh(), kind=kind, actor=world["secretary"], now=clock.now())
    for who in present:
        confirm_presence(session=session, actor=world[who], now=clock.now())
    if releasing:
        hand_over(world, *(who for who in present if who in KEYS))
    return session


def hand_over(world: World, *who: str) -> None:
    """Have key holders release their pieces in the running session."""
    for one in who:
        holder = KeyHolder.objects.select_related("member", "call").get(call=world.call, member__user=world[one])
        release(holder, actor=world[one], now=clock.now(), private=private_of(holder))


def write_papers() -> None:
    """Do what the worker does with papers."""
    for paper in Paper.objects.filter(file=None).select_related("call"):
        store_paper(paper=paper, now=clock.now())


@played_once
def opened_call(**how: Any) -> World:
    """Return a call whose technical envelopes are open and whose report is written."""
    return opened_from(closed_call(**how))


def opened_from(world: World) -> World:
    """Go on from a closed call to the opening of its technical envelopes."""
    in_session(world, "chair", "v2")
    world.call = open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_papers()
    return world


def sign_report(world: World, kind: PaperKind, *who: str) -> None:
    """Sign the last paper of a kind."""
    for one in who:
        paper = world.call.papers.filter(kind=kind).latest("number")
        sign_paper(paper=paper, actor=world[one], now=clock.now())


def declare(world: World, *who: str) -> None:
    """Declare that there is no conflict."""
    for one in who:
        declare_impartiality(call=world.fresh(), actor=world[one], now=clock.now())

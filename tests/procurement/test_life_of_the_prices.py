"""The second opening: prices of those above the threshold, before a quorum, and never any other."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from procurement.actions.cancel_call import ask_cancellation, cancel_call
from procurement.actions.confirm_presence import confirm_presence
from procurement.actions.end_session import end_session
from procurement.actions.exclude_application import exclude_application
from procurement.actions.open_financial import open_financial
from procurement.actions.rank_applications import rank_applications
from procurement.actions.start_session import start_session
from procurement.enums import EnvelopeKind
from procurement.models import Call, Envelope
from procurement.queries.envelopes import StillSealed, price_of, prices_of, read_envelope
from tests.procurement.committees import KEYS, World, hand_over
from tests.procurement.evaluations import technically_signed_call
from workflow import clock
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db

ABOVE = {"ana", "ben"}
MARKS = {"ana": 90, "ben": 80, "joe": 60}  # the threshold is 75
HOUR = timedelta(days=14)
REASON = "A reason that is long enough to be one."
PROPER = [("wait", ""), ("begin", "secretary"), ("come", "chair"), ("come", "v1"), ("open", "secretary")]


@pytest.fixture
def world() -> World:
    """Three applications of which two are above the threshold, one late, one withdrawn; prices are opened in two weeks."""
    made = technically_signed_call(MARKS, late=("lea",), withdrawn=("will",))
    Call.objects.filter(pk=made.call.pk).update(financial_opening_at=clock.now() + HOUR)
    made.fresh()
    return made


class Session:
    """What happened so far at this opening."""

    def __init__(self, world: World) -> None:
        self.world, self.present, self.opened, self.left = world, set[str](), set[str](), set[str]()

    def try_act(self, name: str, who: str) -> bool:
        self.world.fresh()
        try:
            getattr(self, name)(self.world.people.get(who), who, clock.now())
        except (Refused, NotPermitted):
            return False
        return True

    def wait(self, _actor: Any, who: str, now: datetime) -> None:
        clock.set_to(max(now + timedelta(hours=3), self.world.call.financial_opening_at if who == "" else now))

    def begin(self, actor: Any, _who: str, now: datetime) -> None:
        start_session(call=self.world.call, kind=EnvelopeKind.FINANCIAL, actor=actor, now=now)
        self.present = set()

    def come(self, actor: Any, who: str, now: datetime) -> None:
        confirm_presence(session=self.world.call.sessions.latest("id"), actor=actor, now=now)
        self.present.add(who)
        if self.world.call.key_holders.filter(member=self.world.seat(who)).exists():
            hand_over(self.world, who)

    def end(self, actor: Any, _who: str, now: datetime) -> None:
        end_session(session=self.world.call.sessions.latest("id"), actor=actor, now=now)
        self.present = set()

    def open(self, actor: Any, who: str, now: datetime) -> None:
        open_financial(call=self.world.call, actor=actor, now=now)
        assert who == "secretary"
        assert now >= self.world.call.financial_opening_at
        assert len(self.present & set(KEYS)) >= 2
        self.opened = ABOVE - self.left

    def exclude(self, actor: Any, _who: str, now: datetime) -> None:
        exclude_application(application=self.world.application("ben"), reason=REASON, actor=actor, now=now)
        self.left.add("ben")

    def rank(self, actor: Any, _who: str, now: datetime) -> None:
        rank_applications(call=self.world.call, actor=actor, now=now)
        assert self.opened

    def ask(self, actor: Any, _who: str, now: datetime) -> None:
        ask_cancellation(call=self.world.call, reason=REASON, actor=actor, now=now)

    def cancel(self, actor: Any, _who: str, now: datetime) -> None:
        cancel_call(call=self.world.call, actor=actor, now=now)


def test_after_a_proper_opening_there_are_prices_to_read(world: World) -> None:
    session = Session(world)
    for act, who in PROPER:
        assert session.try_act(act, who), (act, who)

    read = read_envelope(world.application("ana"), EnvelopeKind.FINANCIAL, actor=world["v1"], now=clock.now())
    assert read.content["price"]["total"] == "13900.00"
    assert_only_these_are_open(session, "v1")


people = st.sampled_from(
    ["secretary", "chair", "v1", "v2", "v3", "observer", "officer", "authority", "approver", "joe"]
)
ACTS = {
    "wait": st.just("a while") | st.just(""), "begin": st.just("secretary"), "come": people, "end": st.just("secretary"),
    "open": st.just("secretary"), "exclude": st.just("chair"), "rank": st.just("chair"), "ask": st.just("officer"),
    "cancel": st.just("authority"),
}  # fmt: skip


@st.composite
def courses(draw: Any) -> list[tuple[str, str]]:
    """The proper course, with acts left out and others tried in between."""
    course: list[tuple[str, str]] = []
    for step in [*PROPER, ("rank", "chair")]:
        for name in draw(st.lists(st.sampled_from(list(ACTS)), max_size=2)):
            course.append((name, draw(ACTS[name] | people)))
        course += [step] if draw(st.integers(0, 9)) else []
    return course


def test_no_course_opens_another_price(world: World) -> None:
    opened = []

    @settings(max_examples=max(settings().max_examples // 3, 15))
    @given(course=courses(), looker=people)
    @example(course=PROPER, looker="officer")
    def hold(course: list[tuple[str, str]], looker: str) -> None:
        with suppress(Held), transaction.atomic():
            session = Session(world)
            for act, who in course:
                if session.try_act(act, who):
                    assert_only_these_are_open(session, looker)
            opened.append(frozenset(session.opened))
            raise Held

    hold()
    assert frozenset() in opened
    assert frozenset(ABOVE) in opened


class Held(Exception):
    """The session is over: what it wrote is undone."""


def assert_only_these_are_open(session: Session, looker: str) -> None:
    world, now = session.world, clock.now()
    applications = {who: world.application(who) for who in world.applications}
    assert set(prices_of(world.fresh(), now=now)) == {applications[who].pk for who in session.opened}
    for who, application in applications.items():
        if who in session.opened:
            assert read_envelope(application, EnvelopeKind.FINANCIAL, actor=None, now=now).content["price"]
            continue
        assert price_of(application, now=now) is None
        for actor in (None, world[looker], application.user):
            with pytest.raises(StillSealed):
                read_envelope(application, EnvelopeKind.FINANCIAL, actor=actor, now=now)
    rows = Envelope.objects.filter(kind=EnvelopeKind.FINANCIAL).exclude(opened_at=None)
    assert set(rows.values_list("application_id", flat=True)) == {applications[who].pk for who in session.opened}

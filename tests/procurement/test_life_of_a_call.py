"""The life of a call: whoever tries whatever whenever, nobody sees an application before its time, and none is lost."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from procurement.demo.cast import gather
from procurement.demo.stage import Stage
from procurement.enums import EnvelopeKind
from procurement.models import Application, Call, Envelope
from procurement.queries.applicants import applications_visible_to, arrivals
from procurement.queries.applications import current_submission
from procurement.queries.envelopes import StillSealed, open_document, price_of, prices_of, read_envelope
from tests.procurement import lives
from tests.procurement.committees import write_papers
from tests.procurement.lives import AFTER_STROKE, APPLICANTS, OPENING, STROKE, Life
from workflow import clock
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db

COMMITTEE = ["chair", "secretary", "V1", "V2", "V3", "observer"]
STAFF = ["officer", "approver", "authority", "auditor"]
LOOKERS = [*STAFF, *COMMITTEE, "E4"]  # E4 never applies
SEE_APPLICANTS = {"officer", "auditor", *COMMITTEE}  # after the opening; the others never
PAGES = ["call_overview", "call_opening", "call_applicants", "call_compliance", "call_prices", "public_call"]
LISTS = ["desk", "calls", "public_calls", "public_awards"]

Step = tuple[str, str, int]
PROPER: list[Step] = [
    ("publish", "officer", 0),
    ("write", "E1", 0), ("submit", "E1", 0), ("withdraw", "E1", 0), ("submit", "E1", 0),
    ("write", "E2", 0), ("write", "E3", 0), ("wait", "", STROKE), ("submit", "E2", 0),
    ("wait", "", AFTER_STROKE), ("submit", "E3", 0), ("tick", "", 0), ("wait", "", OPENING),
    ("begin_session", "secretary", 0), ("come", "chair", 0), ("come", "V2", 0),
    ("open_envelopes", "secretary", 0),
]  # fmt: skip


@pytest.fixture
def life() -> Life:
    """An approved call, on the eve of its publication."""
    stage = Stage(cast=gather(), world=write_papers)
    call = lives.approved_call(stage)
    clock.set_to(call.publish_at - timedelta(days=1))
    return Life(stage=stage, call=Call.objects.get(pk=call.pk))


def test_after_a_proper_opening_there_is_something_to_read(life: Life) -> None:
    for step in PROPER:
        assert life.try_act(*step), step

    auditor = life.person("auditor")
    read = read_envelope(life.application("E1"), EnvelopeKind.TECHNICAL, actor=auditor, now=clock.now())
    assert read.content["identity"]["name"] == life.counting["E1"].name
    assert set(life.counting) == {"E1", "E2"}
    assert len(life.late) == 1
    assert [one.application.label for one in arrivals(auditor, call=life.call)] == ["E1", "E2", "E3"]
    assert secrets_of(life) & set(words_of(life, "call_applicants", "auditor"))
    assert_invariants(life, "auditor")


everybody = st.sampled_from([*STAFF, *COMMITTEE, *APPLICANTS])
numbers = st.integers(0, 5)
applicants = st.sampled_from(APPLICANTS)
FITTING = {
    "write": applicants, "submit": applicants, "withdraw": applicants, "submit_for": applicants,
    "suspend": st.sampled_from(["approver", "officer"]), "resume": st.sampled_from(["approver", "officer"]),
    "leave": st.just("officer"), "begin_session": st.sampled_from(["secretary", "chair", "officer"]),
    "come": st.sampled_from(COMMITTEE), "ask_to_cancel": st.just("officer"), "cancel": st.sampled_from(["authority", "officer"]),
}  # fmt: skip
OFTEN = [*lives.ACTS, *["wait", "tick", "write", "submit", "withdraw", "suspend", "resume", "come", "look"] * 2]


@st.composite
def tried(draw: Any) -> Step:
    """Somebody tries something: most often a person whose act it could be."""
    name = draw(st.sampled_from(OFTEN))
    return name, draw(FITTING.get(name, everybody) | everybody), draw(numbers)


@st.composite
def courses(draw: Any) -> list[Step]:
    """The proper course of a call, with acts left out and others tried in between."""
    course: list[Step] = []
    for step in PROPER:
        course += draw(st.lists(tried(), max_size=2))
        course += [step] if draw(st.integers(0, 11)) else []
    return course + draw(st.lists(tried(), max_size=3))


def test_no_life_shows_an_application_before_its_time_or_loses_one(life: Life) -> None:
    ends: Counter[str] = Counter()

    @settings(max_examples=max(settings().max_examples // 3, 15))  # a life is some thirty acts
    @given(course=courses(), looker=st.sampled_from(LOOKERS))
    @example(course=PROPER, looker="officer")
    @example(course=[*PROPER[:-2], ("come", "observer", 0), PROPER[-1]], looker="auditor")  # present, without a key
    def live(course: list[Step], looker: str) -> None:
        with suppress(Lived), transaction.atomic():
            this = Life(stage=life.stage, call=life.call)
            for name, key, number in course:
                if name == "look":
                    look(this, key, number)
                elif this.try_act(name, key, number):
                    assert_invariants(this, looker)
            assert_the_database_agrees()
            ends[this.call.state] += 1
            raise Lived

    live()
    assert ends["opened"] > sum(ends.values()) // 8, ends  # else little was shown


class Lived(Exception):
    """The life is over: what it wrote is undone."""


def assert_invariants(life: Life, looker: str) -> None:
    applications = list(life.call.applications.select_related("call", "user", "organisation"))
    assert_states_are_those_of_the_log([life.call, *applications])
    assert_deadline_kept(life)
    if life.opened:
        assert_all_in_time_are_read(life)
    else:
        assert arrivals(life.person(looker), call=life.call) == []
    counted = [current_submission(application) for application in applications]
    assert {one.receipt_number for one in counted if one} == {one.receipt for one in life.counting.values()}
    for application in applications:
        if not life.opened or application.user.email.split("@")[0].upper() not in life.counting:
            assert_sealed(application, looker=life.person(looker))
        assert price_of(application, now=clock.now()) is None
    assert prices_of(life.call, now=clock.now()) == {}
    opened = set(Envelope.objects.exclude(opened_at=None).values_list("submission__receipt_number", "kind"))
    assert opened == {(one.receipt, "technical") for one in life.counting.values() if life.opened}


def assert_states_are_those_of_the_log(rows: list[Any]) -> None:
    moves = AuditEvent.objects.filter(outcome="done").exclude(target="").order_by("id")
    told = {(e.subject_type, e.subject_id): e.target for e in moves}
    for row in rows:
        assert row.state == told.get((row._meta.db_table, str(row.pk)), "draft")


def assert_the_database_agrees() -> None:
    """Ask now what is asked at the end of every transaction: no state without its event."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def assert_deadline_kept(life: Life) -> None:
    assert life.promised == sorted(life.promised)
    assert life.call.latest_deadline() == (life.promised[-1] if life.promised else None)
    assert life.call.deadline == (life.promised or [lives.APPROVED_DEADLINE])[-1]


def assert_all_in_time_are_read(life: Life) -> None:
    now = clock.now()
    for key, counting in life.counting.items():
        application = life.application(key)
        read = read_envelope(application, EnvelopeKind.TECHNICAL, actor=None, now=now)
        assert read.content["identity"]["name"] == counting.name
        assert application.label
        assert application.state == "opened"
    seen = set(applications_visible_to(life.person("auditor"), call=life.call).filter(state="opened"))
    assert seen == {life.application(key) for key in life.counting}
    for key in ("approver", "authority", "E1", "E4"):
        assert arrivals(life.person(key), call=life.call) == []


def assert_sealed(application: Application, *, looker: Any) -> None:
    """Nobody reads: not the person who looks, not the procedure itself, which may read whatever is open."""
    now = clock.now()
    for kind, actor in zip(EnvelopeKind, (looker, None) if now.second % 2 else (None, looker), strict=True):
        with pytest.raises(StillSealed):
            read_envelope(application, kind, actor=actor, now=now)
    for document in application.documents.all():
        with pytest.raises(StillSealed):
            open_document(document, actor=None, now=now)


def look(life: Life, key: str, number: int) -> None:
    """Let somebody open a page: before the opening it names nobody, and later only to those who may know."""
    looker = LOOKERS[(number * 3 + len(life.written)) % len(LOOKERS)] if key in APPLICANTS else key
    allowed = life.opened and looker in SEE_APPLICANTS
    page = [*PAGES, *LISTS][(number + 2 * LOOKERS.index(looker)) % len(PAGES + LISTS)]
    words = words_of(life, page, looker)
    life.call = Call.objects.get(pk=life.call.pk)
    if not allowed:
        assert secrets_of(life) & set(words) == set(), (page, looker)


def words_of(life: Life, page: str, key: str) -> list[str]:
    client = Client()
    client.force_login(life.person(key), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse(page, args=[life.call.reference] if page in PAGES else []))
    assert answer.status_code in (200, 403, 404), (page, key, answer)
    return answer.content.decode().replace("<", " ").replace(">", " ").replace('"', " ").split()


def secrets_of(life: Life) -> set[str]:
    """Return words that only an application holds."""
    rows = life.call.applications.prefetch_related("submissions")
    names = {word for row in rows for word in (row.reference, str(row.user).split()[-1], row.user.email)}
    return names | {one.receipt_number for row in rows for one in row.submissions.all()} | {"Quatrecents"}

"""One call that lives many times: acts that people try, the clock that goes on, and what was seen to succeed.

What is expected is written down here from what the acts were told and answered, never from the rows they wrote.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from procurement.actions.cancel_call import ask_cancellation, cancel_call
from procurement.actions.change_draft import change_draft
from procurement.actions.confirm_presence import confirm_presence
from procurement.actions.end_seat import end_seat
from procurement.actions.end_session import end_session
from procurement.actions.name_key_holders import name_key_holders
from procurement.actions.open_financial import open_financial
from procurement.actions.open_technical import open_technical
from procurement.actions.publish_call import publish_call
from procurement.actions.replace_requirements import replace_requirements
from procurement.actions.save_part import save_identity, save_price
from procurement.actions.start_session import start_session
from procurement.actions.submit_application import submit_application
from procurement.actions.suspend_call import resume_call, suspend_call
from procurement.actions.withdraw_application import withdraw_application
from procurement.demo import drafting
from procurement.demo.cast import sheet
from procurement.demo.codes import begin, unlocked
from procurement.demo.keys import release
from procurement.demo.stage import Stage
from procurement.enums import EnvelopeKind
from procurement.models import Application, Call, Submission
from workflow import clock
from workflow.refusals import NotPermitted, Refused

HOLDERS, QUORUM = {"chair", "secretary", "V1", "V2"}, 2
APPLICANTS = ["E1", "E2", "E3"]
REASON = "A reason that is long enough to be one."
_clicks = itertools.count(1)


def approved_call(stage: Stage) -> Call:
    """Return the Grenoble call approved, every document of it completable: a submission needs no file."""
    call = drafting.write_draft(stage)
    rows = [row | {"completable": True} for row in drafting.requirements_of(sheet("grenoble"))]
    replace_requirements(call=call, rows=rows, two_envelopes=True, actor=stage.cast["officer"], now=stage.now)
    return drafting.have_approved(stage, drafting.seat_committee(stage, call))


@dataclass(frozen=True)
class Counting:
    """The last submission in time that was not withdrawn, and the name it was sent under."""

    name: str
    receipt: str


@dataclass
class Life:
    """A call, the people around it, and what happened so far."""

    stage: Stage
    call: Call
    promised: list[datetime] = field(default_factory=list)  # every deadline the public was told
    written: dict[str, str] = field(default_factory=dict)  # applicant -> the name now on the working copy
    counting: dict[str, Counting] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)  # receipts
    present: set[str] = field(default_factory=set)  # at the session that runs
    left: set[str] = field(default_factory=set)  # members whose seat ended
    opened: bool = False

    def person(self, key: str) -> Any:
        return self.stage.cast[key]

    def application(self, key: str) -> Application:
        return self.call.applications.get(user=self.person(key), organisation=None)

    def try_act(self, name: str, key: str = "", number: int = 0) -> bool:
        """Let a person try an act now; tell whether it was done, and note what that means."""
        now, self.call = clock.now(), Call.objects.get(pk=self.call.pk)
        try:
            ACTS[name](self, key, number, now)
        except (Refused, NotPermitted, Application.DoesNotExist, NothingThere):
            return False
        finally:
            self.call = Call.objects.get(pk=self.call.pk)
            if self.call.published_at and not self.promised:
                self.promised.append(APPROVED_DEADLINE)
        return True


class NothingThere(Exception):
    """There is nothing that this act could be tried on."""


APPROVED_DEADLINE = datetime.fromisoformat("2020-03-12T17:00:00+01:00")
MOMENTS: list[Callable[[Life, datetime], datetime | None]] = [
    lambda life, now: now + timedelta(seconds=1),
    lambda life, now: now + timedelta(hours=5),
    lambda life, now: now + timedelta(days=9),
    lambda life, now: life.promised[-1] - timedelta(seconds=2) if life.promised else None,
    lambda life, now: life.promised[-1] + timedelta(seconds=1) if life.promised else None,
    lambda life, now: life.call.opening_at,
]
STROKE, AFTER_STROKE, OPENING = 3, 4, 5


def wait(life: Life, key: str, number: int, now: datetime) -> None:
    moment = MOMENTS[number % len(MOMENTS)](life, now)
    if moment is None or moment <= now:
        raise NothingThere
    clock.set_to(moment)


def tick(life: Life, key: str, number: int, now: datetime) -> None:
    clock.tick()


def publish(life: Life, key: str, number: int, now: datetime) -> None:
    publish_call(call=life.call, actor=life.person(key), now=now)


def write(life: Life, key: str, number: int, now: datetime) -> None:
    """Begin, or go on with, an application under a new name."""
    person, name = life.person(key), f"Cabinet Quatrecents {next(_clicks)}"
    application = begin(call=life.call, actor=person, now=now)
    identity = {"name": name, "status": "natural", "address": "1 rue Haute", "country": "France", "vat": "exempt"}
    save_identity(application=application, identity=identity, actor=person, now=now)
    save_price(application=application, days=Decimal(10), rate=Decimal(400), expenses=Decimal(0), actor=person, now=now)
    life.written[key] = name


def submit(life: Life, key: str, number: int, now: datetime) -> None:
    click = f"click {next(_clicks)}"
    own, person = life.application(key), life.person(key)
    done: Submission = submit_application(application=unlocked(own), actor=person, now=now, idempotency_key=click)
    if done.submitted_at <= max(life.promised):
        life.counting[key] = Counting(life.written[key], done.receipt_number)
    else:
        life.late.add(done.receipt_number)


def submit_for(life: Life, key: str, number: int, now: datetime) -> None:
    other = life.application(APPLICANTS[number % len(APPLICANTS)])
    if other.user != life.person(key):
        submit_application(application=other, actor=life.person(key), now=now, idempotency_key="mine")
        raise AssertionError(f"{key} submitted for {other}")


def withdraw(life: Life, key: str, number: int, now: datetime) -> None:
    withdraw_application(application=life.application(key), actor=life.person(key), now=now)
    del life.counting[key]


def suspend(life: Life, key: str, number: int, now: datetime) -> None:
    suspend_call(call=life.call, reason=REASON, actor=life.person(key), now=now)


def resume(life: Life, key: str, number: int, now: datetime) -> None:
    """Resume with a deadline some days after, or before, the last that was promised."""
    if not life.promised:
        raise NothingThere
    moved = life.promised[-1] + timedelta(days=7 * number - 14)
    resume_call(call=life.call, new_deadline=moved, reason=REASON, actor=life.person(key), now=now)
    life.promised.append(moved)


def move_deadline(life: Life, key: str, number: int, now: datetime) -> None:
    """Try to write an earlier deadline into what was approved."""
    earlier = APPROVED_DEADLINE - timedelta(days=number + 1)
    change_draft(call=life.call, part="timeline", values={"deadline": earlier}, actor=life.person(key), now=now)


def weaken_quorum(life: Life, key: str, number: int, now: datetime) -> None:
    """Try to let one key holder, or another set of them, open alone; before the publication that is the officer's right."""
    if not life.promised:
        raise NothingThere
    members = list(life.call.members.filter(label__in=["V1", "V2", "V3"][: number + 1]))
    name_key_holders(call=life.call, members=members, quorum=1 + number % 2, actor=life.person(key), now=now)


def leave(life: Life, key: str, number: int, now: datetime) -> None:
    label = f"V{number % 3 + 1}"
    if (seat := life.call.members.filter(label=label, ended_at=None).first()) is None:
        raise NothingThere
    end_seat(member=seat, reason=REASON, actor=life.person(key), now=now)
    life.left.add(label)


def begin_session(life: Life, key: str, number: int, now: datetime) -> None:
    kind = EnvelopeKind.FINANCIAL if number == 1 else EnvelopeKind.TECHNICAL
    start_session(call=life.call, kind=kind, actor=life.person(key), now=now)
    life.present = set()


def come(life: Life, key: str, number: int, now: datetime) -> None:
    confirm_presence(session=_session(life), actor=life.person(key), now=now)
    life.present.add(key)
    if holder := life.call.key_holders.filter(member__user=life.person(key), member__ended_at=None).first():
        release(holder, actor=life.person(key), now=now)


def close_session(life: Life, key: str, number: int, now: datetime) -> None:
    end_session(session=_session(life), actor=life.person(key), now=now)
    life.present = set()


def _session(life: Life) -> Any:
    if (session := life.call.sessions.order_by("-id").first()) is None:
        raise NothingThere
    return session


def open_envelopes(life: Life, key: str, number: int, now: datetime) -> None:
    """Open; whoever succeeds must have been the secretary, after every promise, before the quorum."""
    open_technical(call=life.call, actor=life.person(key), now=now)
    assert key == "secretary"
    assert now > max(life.promised)
    assert len((life.present & HOLDERS) - life.left) >= QUORUM
    life.opened = True


def open_prices(life: Life, key: str, number: int, now: datetime) -> None:
    open_financial(call=life.call, actor=life.person(key), now=now)
    raise AssertionError("prices were opened before anything was evaluated")


def ask_to_cancel(life: Life, key: str, number: int, now: datetime) -> None:
    ask_cancellation(call=life.call, reason=REASON, actor=life.person(key), now=now)


def cancel(life: Life, key: str, number: int, now: datetime) -> None:
    cancel_call(call=life.call, actor=life.person(key), now=now)


ACTS: dict[str, Callable[[Life, str, int, datetime], None]] = {
    each.__name__: each
    for each in (
        wait, tick, publish, write, submit, submit_for, withdraw, suspend, resume, move_deadline, weaken_quorum, leave,
        begin_session, come, close_session, open_envelopes, open_prices, ask_to_cancel, cancel,
    )
}  # fmt: skip

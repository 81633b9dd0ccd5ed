"""The applications of a call and what belongs to them, in bulk: people, envelopes, submissions, sheets and marks."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from infra.bench.leavings import leave
from procurement.demo.codes import CODE
from procurement.enums import ApplicationState, CallState, EnvelopeKind, Seat, SheetState
from procurement.models import Application, Call, Envelope, Score, ScoreSheet, Submission
from procurement.models.access import new_access
from procurement.models.working_copy import seal_written
from workflow import audit, clock

BATCH = 2000
COMMENT = "The method is described step by step, with sources, limits and a calendar that can be kept."


def write_events(rows: Iterable[Any], target: str, *, now: datetime) -> None:
    """Write for each row the event without which the database refuses its state."""
    audit.write([audit.event_of(row, "bench", actor=None, now=now, target=target) for row in rows])


class Filling:
    """The applications of one call, written room by room; `drafts` and `open_sheets` are the spare ones."""

    def __init__(self, call: Call, *, applications: int, spare: int) -> None:
        self.call, self.state = call, CallState(call.state)
        self.count, self.spare, self.now = applications, spare, clock.now()
        self.drafts: list[Application] = []
        self.open_sheets: list[ScoreSheet] = []
        self.random = random.Random(self.count)  # noqa: S311 - the same marks and prices on every machine

    def fill(self) -> None:
        """Write people, applications, envelopes and, where the state has them, sheets with their marks."""
        drafts = self.spare if self.state == CallState.PUBLISHED else 0
        applications = self._applications(self.count, self._reached, labelled=self.state != CallState.PUBLISHED)
        submissions = self._submissions(applications)
        self._envelopes(applications, submissions)
        leave(self.call, submissions, now=self.now)
        if drafts:
            self.drafts = self._applications(drafts, ApplicationState.DRAFT, labelled=False, first=self.count)
            self._envelopes(self.drafts, [None] * drafts)
        if self.state != CallState.PUBLISHED:
            self._sheets(applications)

    @property
    def _reached(self) -> ApplicationState:
        reached = {CallState.PUBLISHED: ApplicationState.SUBMITTED, CallState.EVALUATION: ApplicationState.COMPLIANT}
        return reached.get(self.state, ApplicationState.PRICE_OPENED)

    def _applications(
        self, count: int, state: ApplicationState, *, labelled: bool, first: int = 0
    ) -> list[Application]:
        numbers = range(first + 1, first + count + 1)
        people = User.objects.bulk_create(
            (User(email=f"a{n}-{self.call.pk}@bench.example", full_name=f"Applicant {n}") for n in numbers),
            batch_size=BATCH,
        )
        applications = Application.objects.bulk_create(
            (
                self._application(number, person, state, label=f"E{number}" if labelled else "")
                for number, person in zip(numbers, people, strict=True)
            ),
            batch_size=BATCH,
        )
        if state != ApplicationState.DRAFT:
            write_events(applications, state, now=self.now)
        return applications

    def _application(self, number: int, person: User, state: ApplicationState, *, label: str) -> Application:
        reference = f"AP-{self.call.pk:04}-{number:05}"
        access = new_access(reference, code=CODE)
        made = Application(
            call=self.call, user=person, state=state, reference=reference, label=label, opened_at=self.call.opened_at,
            key_check=access.check,
        )  # fmt: skip
        made.access = access
        return made

    def _submissions(self, applications: list[Application]) -> list[Submission]:
        sent = self.call.deadline - timedelta(days=1)
        return Submission.objects.bulk_create(
            (
                Submission(
                    application=one, receipt_number=one.reference.replace("AP", "AR"), idempotency_key="bench",
                    submitted_at=sent + timedelta(seconds=number), submitted_by_id=one.user_id, deadline=self.call.deadline,
                )
                for number, one in enumerate(applications)
            ),
            batch_size=BATCH,
        )  # fmt: skip

    def _envelopes(self, applications: list[Application], submissions: list[Any]) -> None:
        rows = zip(applications, submissions, strict=True)
        Envelope.objects.bulk_create(
            (one for application, submission in rows for one in self._both(application, submission)), batch_size=BATCH
        )

    def _both(self, application: Application, submission: Submission | None) -> Iterator[Envelope]:
        opened = {EnvelopeKind.TECHNICAL: self.call.opened_at, EnvelopeKind.FINANCIAL: self.call.prices_opened_at}
        person = {
            "name": f"Applicant {application.pk}",
            "status": "natural",
            "address": "1 rue Haute",
            "country": "France",
        }
        days, rate = self.random.randint(30, 40), self.random.randint(250, 340)
        price = {"days": f"{days}", "rate": f"{rate}", "expenses": "0", "total": f"{days * rate}.00"}
        content = {
            EnvelopeKind.TECHNICAL: {"identity": person | {"vat": "exempt"}},
            EnvelopeKind.FINANCIAL: {"price": price},
        }
        for kind in EnvelopeKind:
            written = seal_written(application, kind, content[kind])
            yield Envelope(application=application, kind=kind, sealed=written, saved_at=self.now)
            if submission is not None:  # closed ones have their rows without the sealed body: nobody opens them here
                plain = content[kind] if opened[kind] else {}
                yield Envelope(
                    application=application, submission=submission, kind=kind, content=plain, opened_at=opened[kind]
                )

    def _sheets(self, applications: list[Application]) -> None:
        """Write the sheets as drafts, their marks, then the signatures: marks of a signed sheet are final."""
        members = list(self.call.members.filter(seat=Seat.EVALUATOR).order_by("label"))
        sheets = ScoreSheet.objects.bulk_create(
            (ScoreSheet(call=self.call, application=one, member=member) for one in applications for member in members),
            batch_size=BATCH,
        )
        criteria = list(self.call.criteria.all())
        Score.objects.bulk_create(
            (
                Score(sheet=sheet, criterion=criterion, mark=Decimal(self.random.randint(28, 40)) / 2, comment=COMMENT)
                for sheet in sheets
                for criterion in criteria
            ),
            batch_size=BATCH * 2,
        )
        spare = self.spare if self.state == CallState.EVALUATION else 0
        self.open_sheets = [sheet for sheet in sheets if sheet.member_id == members[0].pk][:spare]
        waiting = {sheet.pk for sheet in self.open_sheets}
        signed = [sheet for sheet in sheets if sheet.pk not in waiting]
        write_events(signed, SheetState.SIGNED, now=self.now)
        self.call.sheets.exclude(pk__in=waiting).update(state=SheetState.SIGNED, signed_at=self.now, sha256="0" * 64)

"""What one applicant offers for one call. The row says that it exists; envelopes hold what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import Organisation
from procurement import permissions as may
from procurement.enums import ApplicationState as S
from procurement.models.access import Access
from procurement.models.facts import APPLICATION_FACTS
from procurement.models.working_copy import WorkingCopy
from procurement.rules import submission
from workflow.machine import Moving
from workflow.models import AppNow


class Application(Moving):
    """One applicant, one call: a person, or a firm for which persons write. The label is given at the opening.

    `access` is what this request brought to read what was written, and `working` what was read with it under the row's
    lock; neither is a column. Nor are the latest deadline ever published, whether there are submissions, and whether its
    person has any role or any seat in this call: they are told where the row was read with them, else nothing is excluded.
    """

    access: Access | None = None
    working: WorkingCopy | None = None
    submitted_before = works_somewhere = True
    FACTS = APPLICATION_FACTS
    TOGETHER = ("call", "user")
    PERSONAL = ("user", "organisation", "exclusion_reason")

    state = FSMField(default=S.DRAFT, choices=S.choices, protected=False)
    reference = models.CharField(max_length=20, unique=True)
    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="applications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    label = models.CharField(max_length=8, blank=True)
    key_check = models.CharField(
        max_length=64, blank=True, db_default=""
    )  # tells the right access code from a wrong one
    code_noted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=AppNow())
    opened_at = models.DateTimeField(null=True, blank=True)
    compliance_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    technical_mark = models.DecimalField(
        max_digits=12, decimal_places=6, null=True, blank=True
    )  # frozen with the report
    prices_opened_at = models.DateTimeField(null=True, blank=True)
    exclusion_reason = models.TextField(blank=True)
    invited = models.BooleanField(default=False)  # to the interview

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="application_state_known"),
            models.UniqueConstraint(
                fields=["call", "user"], condition=Q(organisation=None), name="one_application_per_person"
            ),
            models.UniqueConstraint(fields=["call", "organisation"], name="one_application_per_firm"),
            models.UniqueConstraint(fields=["call", "label"], condition=~Q(label=""), name="one_label_per_call"),
        ]
        indexes = [models.Index(fields=["call", "state"], name="application_call_state")]

    def __str__(self) -> str:
        return self.label or self.reference

    def take_over(self, before: Moving) -> None:
        """Keep the access of the request when the row is read again."""
        self.access = getattr(before, "access", None)

    @property
    def scope(self) -> str:
        """Return the reference of the call: these events are shown after the opening only."""
        return self.call.reference

    @property
    def compliant(self) -> bool:
        """Tell whether it stayed in the race after the compliance check."""
        return bool(self.decided_at) and self.state != S.NON_COMPLIANT

    @property
    def applicant_name(self) -> str:
        """Return the name of the firm or of the person."""
        return self.organisation.name if self.organisation else str(self.user)

    @transition(
        state,
        source=[S.DRAFT, S.WITHDRAWN],
        target=S.SUBMITTED,
        conditions=list(submission.SUBMIT),
        permission=may.own_application,
    )
    def submit(self, *, now: datetime, actor: Any) -> None:
        """Submit in time."""

    @transition(
        state,
        source=[S.DRAFT, S.WITHDRAWN],
        target=S.LATE,
        conditions=list(submission.SUBMIT),
        permission=may.own_application,
    )
    def record_late(self, *, now: datetime, actor: Any) -> None:
        """Record that it came after the deadline: it stays closed for ever."""

    @transition(
        state,
        source=S.SUBMITTED,
        target=S.WITHDRAWN,
        conditions=list(submission.WITHDRAW),
        permission=may.own_application,
    )
    def withdraw(self, *, now: datetime, actor: Any) -> None:
        """Take it back before the deadline."""

    @transition(state, source=S.LATE, target=S.DRAFT, permission=may.by_the_procedure)
    def return_to_draft(self, *, now: datetime, actor: Any) -> None:
        """Be free to submit in time, when the deadline moved later; what came too late stays closed."""

    @transition(state, source=S.SUBMITTED, target=S.OPENED, permission=may.by_the_procedure)
    def open(self, *, now: datetime, actor: Any) -> None:
        """Open its technical envelope."""
        self.opened_at = now

    @transition(state, source=S.LATE, target=S.OPENED, permission=may.by_the_procedure)
    def open_late(self, *, now: datetime, actor: Any) -> None:
        """Open its technical envelope by a reasoned decision of two persons."""
        self.opened_at = now

    @transition(state, source=S.OPENED, target=S.COMPLIANT, permission=may.by_the_procedure)
    def accept(self, *, now: datetime, actor: Any) -> None:
        """Find it compliant."""
        self.decided_at, self.decided_by = now, actor

    @transition(state, source=S.OPENED, target=S.NON_COMPLIANT, permission=may.by_the_procedure)
    def reject(self, *, now: datetime, actor: Any) -> None:
        """Find it not compliant, with the reason."""
        self.decided_at, self.decided_by = now, actor

    @transition(state, source=[S.COMPLIANT, S.NON_COMPLIANT], target=S.OPENED, permission=may.by_the_procedure)
    def reconsider(self, *, now: datetime, actor: Any) -> None:
        """Come back into the check: the decision was taken back with a reason, and is kept."""
        self.decided_at = self.decided_by = None
        self.compliance_reason = ""

    @transition(state, source=S.COMPLIANT, target=S.PASSED, permission=may.by_the_procedure)
    def clear_threshold(self, *, now: datetime, actor: Any) -> None:
        """Pass the technical threshold and every minimum."""

    @transition(state, source=S.COMPLIANT, target=S.BELOW_THRESHOLD, permission=may.by_the_procedure)
    def miss_threshold(self, *, now: datetime, actor: Any) -> None:
        """Stay below: its price is never opened."""

    @transition(state, source=S.PASSED, target=S.PRICE_OPENED, permission=may.by_the_procedure)
    def open_price(self, *, now: datetime, actor: Any) -> None:
        """Open its financial envelope."""
        self.prices_opened_at = now

    @transition(state, source=[S.PRICE_OPENED, S.PASSED], target=S.RANKED, permission=may.by_the_procedure)
    def rank(self, *, now: datetime, actor: Any) -> None:
        """Take its place in the ranking."""

    @transition(
        state,
        source=[S.COMPLIANT, S.PASSED, S.PRICE_OPENED, S.RANKED, S.WINNER, S.NOT_SELECTED],
        target=S.EXCLUDED,
        permission=may.by_the_procedure,
    )
    def exclude(self, *, now: datetime, actor: Any) -> None:
        """Leave the race, with the reason; everybody is computed again."""

    @transition(state, source=S.RANKED, target=S.WINNER, permission=may.by_the_procedure)
    def win(self, *, now: datetime, actor: Any) -> None:
        """Be awarded the contract."""

    @transition(state, source=S.RANKED, target=S.NOT_SELECTED, permission=may.by_the_procedure)
    def lose(self, *, now: datetime, actor: Any) -> None:
        """Not be selected."""

    @transition(state, source=[S.WINNER, S.NOT_SELECTED], target=S.RANKED, permission=may.by_the_procedure)
    def return_to_race(self, *, now: datetime, actor: Any) -> None:
        """Be ranked again when the award is withdrawn."""

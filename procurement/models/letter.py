"""A letter to one applicant: a draft that somebody reads before it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from procurement import permissions as may
from procurement.enums import LetterKind
from procurement.enums import LetterState as S
from procurement.models.facts import LETTER_FACTS
from workflow.machine import Moving
from workflow.models import AppNow


class Letter(Moving):
    """One for each applicant at each notification; `note` is the officer's own paragraph."""

    FACTS = LETTER_FACTS
    PERSONAL = ("note",)

    state = FSMField(default=S.DRAFT, choices=S.choices, protected=False)
    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="letters")
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    round = models.PositiveSmallIntegerField(default=1)
    note = models.TextField(blank=True)
    paper = models.ForeignKey("Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    drafted_at = models.DateTimeField(db_default=AppNow())
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["application__label", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="one_letter_a_round"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_letter_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.application}"

    @property
    def scope(self) -> str:
        """Return the reference of the call."""
        return self.call.reference

    @transition(state, source=S.DRAFT, target=S.APPROVED, permission=may.letters_of)
    def approve(self, *, now: datetime, actor: Any) -> None:
        """Say that it was read and may go."""
        self.approved_at, self.approved_by = now, actor

    @transition(state, source=S.APPROVED, target=S.DRAFT, permission=may.letters_of)
    def take_back(self, *, now: datetime, actor: Any) -> None:
        """Read it again before it goes."""
        self.approved_at = self.approved_by = None

    @transition(state, source=S.APPROVED, target=S.SENT, permission=may.letters_of)
    def send(self, *, now: datetime, actor: Any) -> None:
        """Send it."""
        self.sent_at, self.sent_by = now, actor

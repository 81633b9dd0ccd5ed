"""One evaluator's marks for one application, at one stage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from procurement import permissions as may
from procurement.enums import SheetState as S
from procurement.enums import Stage
from procurement.models.facts import SHEET_FACTS
from procurement.rules import sheets
from workflow.machine import Moving
from workflow.models import AppNow


class ScoreSheet(Moving):
    """Seen by its author alone until the marks are shared. Signed, it is frozen; reopened, a new version replaces it."""

    FACTS = SHEET_FACTS
    TOGETHER = ("call", "application", "member__declaration")
    PERSONAL = ()

    state = FSMField(default=S.DRAFT, choices=S.choices, protected=False)
    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="sheets")
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="sheets")
    member = models.ForeignKey("CommitteeMember", on_delete=models.PROTECT, related_name="sheets")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FILE)
    version = models.PositiveSmallIntegerField(default=1)
    general_comment = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=AppNow())
    saved_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reopen_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["application_id", "member_id", "stage"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "application", "stage"],
                condition=Q(state__in=["draft", "signed"]),
                name="one_live_sheet",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="signed_sheet_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.label} {self.application}"

    @property
    def scope(self) -> str:
        """Return the reference of the call."""
        return self.call.reference

    @transition(state, source=S.DRAFT, target=S.SIGNED, conditions=list(sheets.SIGN), permission=may.own_sheet)
    def sign(self, *, now: datetime, actor: Any) -> None:
        """Sign: the marks are final."""
        self.signed_at = now

    @transition(
        state, source=S.SIGNED, target=S.SUPERSEDED, conditions=list(sheets.REOPEN), permission=may.reopen_sheet
    )
    def supersede(self, *, now: datetime, actor: Any) -> None:
        """Give way to a new version; this one is kept."""

    @transition(state, source=[S.DRAFT, S.SIGNED], target=S.VOID, permission=may.void_sheet)
    def void(self, *, now: datetime, actor: Any) -> None:
        """Count no longer: its author left the committee."""

"""A call: what a public body asks for, and every state it goes through."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import get_language

from accounts.models import Organisation
from procurement.enums import CURRENCIES, LANGUAGES, PUBLIC, CallKind, CallState, CeilingMode, Method, PriceSealing, Tax
from procurement.models import searching
from procurement.models.arrows import CallArrows
from procurement.models.facts import CALL_FACTS
from workflow.kept import kept
from workflow.machine import Moving
from workflow.models import AppNow

if TYPE_CHECKING:
    from procurement.models.published_deadline import PublishedDeadline
    from procurement.models.requirement import Requirement


class Call(CallArrows, Moving):
    """One procedure. Texts are dictionaries by language; instants are read in the call's own zone."""

    told_latest: datetime | None = None  # the latest deadline ever published, where it was read with the row
    FACTS = CALL_FACTS
    PERSONAL = ()

    reference = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=10, choices=CallKind.choices, default=CallKind.EXPERT)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="fr")
    languages = models.JSONField(default=list)  # of the notice; the first one is authentic
    title = models.JSONField(default=dict)
    cpv = models.CharField(max_length=12, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    programme = models.CharField(max_length=200, blank=True)
    partners = models.CharField(max_length=300, blank=True)
    funder = models.CharField(max_length=200, blank=True)
    terms = models.JSONField(default=dict)  # section -> {language: text}

    ceiling_mode = models.CharField(max_length=20, choices=CeilingMode.choices, blank=True)
    ceiling_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, choices=CURRENCIES, default="EUR")
    tax = models.CharField(max_length=10, choices=Tax.choices, default=Tax.EXCLUDED)
    person_days = models.PositiveIntegerField(null=True, blank=True)

    two_envelopes = models.BooleanField(default=True)
    price_sealing = models.CharField(  # where the financial envelope is sealed
        max_length=10, choices=PriceSealing.choices, default=PriceSealing.SERVER, db_default="server"
    )
    preset = models.CharField(max_length=20, choices=Method.choices, default=Method.PRAG)
    rules = models.JSONField(default=dict)  # the rule set: a copy of a preset and its changes
    rules_sha256 = models.CharField(max_length=64, blank=True)  # of the frozen snapshot; empty while drafting
    frozen = models.JSONField(null=True, blank=True)  # rules, criteria and requirements as approved

    timezone = models.CharField(max_length=64, default="Europe/Paris")
    publish_at = models.DateTimeField(null=True, blank=True)
    questions_until = models.DateTimeField(null=True, blank=True)
    answers_until = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    opening_at = models.DateTimeField(null=True, blank=True)
    compliance_at = models.DateTimeField(null=True, blank=True)
    scoring_until = models.DateTimeField(null=True, blank=True)
    interviews_from = models.DateField(null=True, blank=True)
    interviews_until = models.DateField(null=True, blank=True)
    financial_opening_at = models.DateTimeField(null=True, blank=True)
    decision_at = models.DateTimeField(null=True, blank=True)
    standstill_days = models.PositiveSmallIntegerField(default=10)
    contract_at = models.DateField(null=True, blank=True)
    completion_hours = models.PositiveSmallIntegerField(default=48)
    holidays_of = models.CharField(max_length=2, blank=True)  # ISO country whose public holidays are not working days

    quorum = models.PositiveSmallIntegerField(default=2)
    lock_public = models.BinaryField(null=True, blank=True)  # the server lock's public key, frozen at the publication

    draft = models.JSONField(
        default=dict, db_default={}
    )  # part -> when and by whom it was saved, and what was typed that is not valid yet

    created_at = models.DateTimeField(db_default=AppNow())
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    suspended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    prices_opened_at = models.DateTimeField(null=True, blank=True)
    standstill_until = models.DateTimeField(null=True, blank=True)
    awarded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)  # why it was cancelled or declared unsuccessful: public

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[s.value for s in PUBLIC])
                | Q(published_at__isnull=False)
                | Q(state="cancelled"),
                name="call_public_is_published",
            ),
            models.CheckConstraint(
                condition=Q(ceiling_amount__gt=0) | Q(ceiling_amount=None), name="call_ceiling_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "deadline"], name="call_state_deadline"),
            GinIndex(searching.vector(), name="call_search"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def scope(self) -> str:
        """Return the reference: the name of this call's file in the log."""
        return self.reference

    def title_in(self, language: str | None = None) -> str:
        """Return the title in a language, or in the authentic one where it was not translated."""
        return (
            self.title.get(language or get_language() or "", "") or self.title.get(self.language, "") or self.reference
        )

    def hold(self, *, shared: bool = False) -> None:
        """Take the call's lock for this transaction: shared to submit, exclusive to change state or deadline."""
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(1, %s)", [self.pk])

    def rule_number(self, key: str) -> Decimal:
        """Return one number of the rule set, exactly."""
        return Decimal(str(self.rules.get(key) or "0"))

    def cancellation_asked_by_other(self, user: Any) -> bool:
        """Tell whether the cancellation, if asked for, was asked for by somebody else."""
        cancellation = getattr(self, "cancellation", None)
        return cancellation is None or cancellation.asked_by_id != user.pk

    def deadline_moves(self) -> list[tuple[datetime, PublishedDeadline]]:
        """Return each deadline that no longer counts with the one that took its place, the latest move first."""
        published = sorted(self.published_deadlines.all(), key=lambda one: one.deadline)
        return [(former.deadline, later) for former, later in pairwise(published)][::-1]

    def latest_deadline(self) -> datetime | None:
        """Return the latest deadline ever published, whatever the present one says; None before publication."""
        if self.told_latest is not None:
            return self.told_latest
        return _latest_published.one(call=self.pk)

    def documents_asked_for(self) -> list[Requirement]:
        """Return the documents that the call asks for, in their order."""
        found = _requirements(call=self.pk)
        for one in found:
            one.call = self
        return found


@kept
def _latest_published(call: int) -> models.QuerySet[Any, Any]:
    rows = apps.get_model("procurement", "PublishedDeadline")._default_manager.filter(call_id=call)
    return rows.order_by("-deadline").values_list("deadline", flat=True)[:1]


@kept
def _requirements(call: int) -> models.QuerySet[Any, Any]:
    return apps.get_model("procurement", "Requirement")._default_manager.filter(call_id=call)

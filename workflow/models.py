"""The kernel's rows: audit events and their seals, outgoing messages, stored files, the shift of the demonstration's clock."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _


class CurrentTransaction(Func):
    """The identifier of the transaction that writes the row."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class AppNow(Func):
    """The clock of every deadline: app_now() in the database."""

    template = "app_now()"
    output_field = models.DateTimeField()


class AuditEvent(models.Model):
    """An act, done or refused. Written once: a trigger refuses UPDATE, DELETE and TRUNCATE, the erasure of bodies excepted."""

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    scope = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.DONE)
    reasons = models.JSONField(default=list)
    details = models.JSONField(default=dict)
    txid = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        indexes = [
            models.Index(fields=["scope", "-id"], name="event_scope"),
            models.Index(fields=["subject_type", "subject_id", "txid"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_type} {self.subject_id}"


class AuditWaiting(models.Model):
    """An event that the sealer has not taken yet; a trigger writes the row with the event, whatever wrote that."""

    event = models.OneToOneField(
        AuditEvent, primary_key=True, on_delete=models.DO_NOTHING, related_name="waiting", db_constraint=False
    )

    def __str__(self) -> str:
        return str(self.event_id)


class AuditLeaf(models.Model):
    """The place of an event in the tree, its numbers without a gap from 0. Written once."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="leaf")
    commitment = models.BinaryField(max_length=32)  # to the body: what remains of it after an erasure
    leaf = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.seq)


class AuditSalt(models.Model):
    """The salt of an event's commitment, kept apart: whoever deletes body and salt leaves nothing that could be guessed."""

    event = models.OneToOneField(AuditEvent, primary_key=True, on_delete=models.PROTECT, related_name="salt")
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.event_id)


class AuditSeal(models.Model):
    """A signed checkpoint of the log, and what the tree needs to grow from there. Written once; numbered from 1."""

    number = models.BigIntegerField(primary_key=True)
    tree_size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    peaks = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()
    day = models.DateField(null=True, unique=True)  # in UTC, where it is the first of that day: the anchor

    class Meta:
        indexes = [models.Index(fields=["-at"], name="seal_at")]

    def __str__(self) -> str:
        return str(self.number)


class OutboxMessage(models.Model):
    """Something the world must be told. Closed by the effect, never by the sending; unique by its key."""

    task = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    scope = models.CharField(max_length=80, blank=True, db_index=True)
    created_at = models.DateTimeField(db_default=AppNow())
    available_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["available_at"],
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
                name="outbox_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.key}"


class StoredFile(models.Model):
    """A file kept in the document store, in parts of 8 MiB; the row is written when the last part is safe."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120, default="application/octet-stream")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    parts = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_default=AppNow())

    def __str__(self) -> str:
        return self.name


class AvailabilitySample(models.Model):
    """One line of the log of the service: from when to when, and how many requests it could not do. Written once."""

    since = models.DateTimeField()
    until = models.DateTimeField()
    failures = models.PositiveIntegerField()
    counted = models.PositiveBigIntegerField()  # of all failures so far, as the shared count had it

    class Meta:
        indexes = [models.Index(fields=["-until"], name="sample_until")]

    def __str__(self) -> str:
        return f"{self.since} {self.until}"


class ClockShift(models.Model):
    """How far app_now() is moved from the real time: one row at most, used by tests and the demonstration only."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    shift = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock_shift")]

    def __str__(self) -> str:
        return str(self.shift)

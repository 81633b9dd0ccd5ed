"""Anchors: one signed line a day that everybody may keep, and the checkpoint that papers print."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from workflow import signing
from workflow.log import notes
from workflow.models import AuditSeal


def days() -> QuerySet[AuditSeal]:
    """Return the checkpoints that anchor a day, the latest first."""
    return AuditSeal.objects.exclude(day=None).order_by("-day")


def anchor_of(seal: AuditSeal) -> str:
    """Return the anchor of a day as a signed note: it binds the log and does not say how much happened in it."""
    assert seal.day is not None  # one of days()
    name = signing.name_of(signing.LOG)
    anchor = notes.Anchor(name, seal.day, notes.fingerprint(seal.note))
    return notes.sign(anchor.text(), name=name, key=signing.private_key(signing.LOG))


def latest_note(*, now: datetime) -> str:
    """Return the signed checkpoint that is the latest at an instant; empty before the first."""
    seal = AuditSeal.objects.filter(at__lte=now).order_by("-number").first()
    return seal.note if seal else ""

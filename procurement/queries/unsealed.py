"""How far an unsealing is: files checked and to check, and whatever did not open, with its proof."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from procurement.models import Call, Document, Envelope, OpeningSession


def _opened(call: Call, kind: str) -> QuerySet[Document]:
    """Documents of envelopes of a kind that were unsealed; what came from before the seals has no key."""
    return Document.objects.filter(
        application__call=call, envelopes__kind=kind, envelopes__opened_at__isnull=False, file_key__isnull=False,
        envelopes__submission__isnull=False,
    ).distinct()  # fmt: skip


def unchecked(session: OpeningSession, *, after: int = 0) -> QuerySet[Document]:
    """Return the opened documents of a session's kind that wait to be checked, in their order."""
    waiting = _opened(session.call, session.kind).filter(checked_at=None, pk__gt=after)
    return waiting.select_related("file", "requirement", "application__call").order_by("pk")


def at_fault(call: Call, kind: str) -> QuerySet[Document]:
    """Return the opened documents that did not read."""
    return (
        _opened(call, kind)
        .exclude(fault={})
        .exclude(fault__has_key="given")
        .select_related("file", "requirement", "application")
        .order_by("pk")
    )


def unreadable_envelopes(call: Call, kind: str) -> QuerySet[Envelope]:
    """Return the envelopes that a session could not open and that are still closed."""
    rows = Envelope.objects.filter(application__call=call, kind=kind, opened_at=None).exclude(unreadable={})
    return rows.select_related("application", "submission").order_by("application__label", "pk")


@dataclass(frozen=True)
class Progress:
    """Files of opened envelopes: how many were read whole, and how many there are."""

    checked: int
    files: int

    @property
    def done(self) -> bool:
        """Tell whether none is left."""
        return self.checked >= self.files


def progress(call: Call, kind: str) -> Progress:
    """Count the files that were checked."""
    counted = _opened(call, kind).aggregate(
        files=Count("pk", distinct=True), checked=Count("pk", filter=Q(checked_at__isnull=False), distinct=True)
    )
    return Progress(checked=counted["checked"], files=counted["files"])

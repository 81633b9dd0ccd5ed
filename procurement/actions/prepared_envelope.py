"""Take a financial envelope that a browser sealed into a submission: what can be checked of it is, the rest is nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from procurement.enums import EnvelopeKind
from procurement.models import Application, Submission
from procurement.models.browser_copy import Prepared, browser_files, seals_in_browser
from procurement.rules import browser_sealing as rules
from procurement.sealing import Binding, Roster, Unreadable, accept_envelope
from procurement.sealing.envelope import SealedEnvelope
from workflow.transitions import demand

LARGEST_BODY = 1024 * 1024  # bytes: what was written and the keys of the files


@dataclass(frozen=True)
class Taken:
    """The envelope, and the numbers of the documents that it lists."""

    envelope: SealedEnvelope
    documents: tuple[int, ...]


def demand_prepared(locked: Application, prepared: Prepared | None, *, version: int) -> None:
    """Refuse a submission without the envelope that it must have, with one it must not have, or one of another number."""
    number = prepared.header.get("version") if prepared else version
    facts = rules.SealingFacts(
        in_browser=seals_in_browser(locked),
        brought=prepared is not None,
        sealed=number if isinstance(number, int) else 0,
        next=version,
    )
    demand((rules.SEALED_THERE, rules.FRESH), facts, subject=locked, act="submit_application")


def accept_prepared(submission: Submission, prepared: Prepared, *, roster: Roster) -> Taken:
    """Return the envelope when it is whole, for this place, and sealed to the keys of now; refuses otherwise (BRO-02).

    A stored file that it does not list was cut off while it was sent: it is left out of the submission.
    """
    application, call = submission.application, submission.application.call
    assert call.lock_public is not None  # frozen at the publication
    named = _named(prepared.header)
    files = [one for one in browser_files(application) if str(one.file_id) in named]
    reason = "" if len(prepared.body) <= LARGEST_BODY else "body"
    header: dict[str, Any] = {}
    try:
        header = accept_envelope(
            prepared.header,
            prepared.body,
            binding=Binding(call.reference, application.reference, EnvelopeKind.FINANCIAL, submission.version),
            roster=roster,
            lock_public=bytes(call.lock_public),
            stored={str(one.file_id): (one.file.size, one.file.sha256) for one in files},
        )
    except Unreadable as problem:
        reason = problem.reason
    facts = rules.SealingFacts(in_browser=True, brought=True, reason=reason)
    demand((rules.WHOLE,), facts, subject=application, act="submit_application")
    return Taken(SealedEnvelope(header, prepared.body), tuple(one.pk for one in files))


def _named(header: dict[str, Any]) -> set[str]:
    files = header.get("files")
    lines = files if isinstance(files, list) else []
    return {str(one.get("id")) for one in lines if isinstance(one, dict)}

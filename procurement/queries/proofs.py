"""Why something sealed did not open, in a sentence, for pages and reports; the digests stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from procurement.models import Call, OpeningSession
from procurement.queries.unsealed import at_fault, unreadable_envelopes

STEPS = {
    "pieces": _("No quorum of key holders has released the right pieces for it."),
    "lock": _("The server lock keeps it closed."),
    "key": _("The keys do not open it: it was sealed to other keys, or altered."),
    "header": _("Its header is not what was sealed."),
    "binding": _("It was sealed for another place."),
    "body": _("Its sealed body is not what was sealed."),
    "manifest": _("What it holds has another form than the format says."),
    "files": _("Its list of files is not the one that was promised."),
    "padding": _("Its filling is not what was sealed."),
    "format": _("It has another format."),
    "stored": _("What is stored is not what was received."),
    "part": _("A part of the file does not open with its key."),
    "missing": _("A part of the file is no longer in the store."),
    "content": _("The file is not the one whose digest was sealed."),
    "commitment": _("The file is not the one that the receipt commits to."),
}


def why(proof: Mapping[str, Any]) -> str:
    """Return the sentence of a proof, empty where there is none."""
    return str(STEPS.get(proof.get("step", ""), ""))


def incidents(call: Call, session: OpeningSession) -> Iterator[str]:
    """Yield a line for each envelope and each file that did not open, and for each holder whose pieces were wrong."""
    for envelope in unreadable_envelopes(call, session.kind):
        named = {"label": envelope.application.label, "why": why(envelope.unreadable)}
        yield gettext("%(label)s: the envelope did not open. %(why)s") % named + _digests(envelope.unreadable)
    for document in at_fault(call, session.kind):
        named = {"label": document.application.label, "code": document.requirement.code, "name": document.name}
        told = gettext("%(label)s, %(code)s “%(name)s”: the file did not read. %(why)s")
        yield told % {**named, "why": why(document.fault)} + _digests(document.fault)
    labels = {str(member.pk): member.label for member in call.members.all()}
    for holder, count in session.wrong_pieces.items():
        told = gettext("%(holder)s: pieces that were not the ones sealed, for %(count)s envelopes.")
        yield told % {"holder": gettext(labels.get(holder, "")), "count": count}


def _digests(proof: Mapping[str, Any]) -> str:
    """Return the digests of a proof as they can be compared."""
    told = ""
    if promised := proof.get("promised"):
        told += " " + gettext("Promised (SHA-256): %(digest)s.") % {"digest": promised}
    if (found := proof.get("found")) and found != proof.get("promised"):
        told += " " + gettext("Found (SHA-256): %(digest)s.") % {"digest": found}
    return told

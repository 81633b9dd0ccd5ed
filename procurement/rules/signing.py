"""When a paper may be signed in the application. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

DISSENT_MINIMUM = 20  # characters: a dissent is printed, it must say something


@dataclass(frozen=True)
class SigningFacts:
    """One member before one paper; `latest` is false when a newer writing of it exists."""

    written: bool
    latest: bool
    signed: bool
    dissent_length: int = 0


ABOUT = "signing"
WRITTEN = Guard(
    "SIG-01", _("The paper is still being written: its digest is what you sign."), ABOUT, lambda f: f.written
)
LATEST = Guard("SIG-02", _("A newer version of this paper exists: sign that one."), ABOUT, lambda f: f.latest)
NOT_SIGNED = Guard("SIG-03", _("You have signed this paper."), ABOUT, lambda f: not f.signed)
REASONED = Guard(
    "SIG-04",
    _("A dissent needs its reason, in at least %(minimum)s characters."),
    ABOUT,
    lambda f: f.dissent_length == 0 or f.dissent_length >= DISSENT_MINIMUM,
    lambda f: {"minimum": DISSENT_MINIMUM},
)

SIGN = (WRITTEN, LATEST, NOT_SIGNED, REASONED)

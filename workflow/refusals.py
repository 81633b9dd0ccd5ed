"""What stops an act: refusals carry every reason at once, each with a code and a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from workflow.guards import Objection, gettext_noop
from workflow.templatetags.amounts import mark_text
from workflow.templatetags.instants import date_text, instant_text
from workflow.templatetags.zones import zone_text


class Reason:
    """An objection in the reader's language."""

    def __init__(self, objection: Objection) -> None:
        self.code = objection.code
        self.message = objection.message
        self.values = objection.values

    @property
    def sentence(self) -> str:
        """Return the sentence, translated now, with its values filled in."""
        return str(gettext(self.message)) % {key: _shown(value) for key, value in self.values.items()}

    def __str__(self) -> str:
        return self.sentence


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(part) for part in value)
    if isinstance(value, Decimal):
        return mark_text(value, places=None)
    if isinstance(value, datetime):  # in the zone that its rule gave it, which is named
        return f"{instant_text(value, zone=value.tzinfo)}, {zone_text(value, zone=value.tzinfo)}"
    if isinstance(value, date):
        return date_text(value)
    return str(gettext(value)) if isinstance(value, str) and value else str(value)


class Refused(Exception):
    """An act that the rules do not allow now. Expected: it becomes sentences on the page (409)."""

    noted = False

    def __init__(self, objections: Iterable[Objection], *, subject: Any = None, act: str = "") -> None:
        self.reasons = [Reason(objection) for objection in objections]
        self.subject = subject
        self.act = act
        super().__init__(", ".join(reason.code for reason in self.reasons))

    @property
    def codes(self) -> list[str]:
        """Return the codes, in order."""
        return [reason.code for reason in self.reasons]


def as_json(reasons: Iterable[Reason]) -> dict[str, Any]:
    """Return what a script is told: `sentence` for the line of a page, `reasons` with their codes, one by one."""
    told = [{"code": reason.code, "sentence": reason.sentence} for reason in reasons]
    return {"sentence": " ".join(reason["sentence"] for reason in told), "reasons": told}


MOVE = gettext_noop("This step is not possible in the present state: the page may be out of date.")


class NoSuchMove(Refused):
    """The act does not exist from the present state: somebody was quicker, or the state was forged."""

    def __init__(self, *, subject: Any, act: str) -> None:
        super().__init__([Objection("MOVE", MOVE, {})], subject=subject, act=act)


class NotPermitted(Exception):
    """This person may not do this: 404 to outsiders, 403 to members. `noted`: the attempt has its event already."""

    noted = False

    def __init__(self, *, subject: Any, act: str) -> None:
        self.subject = subject
        self.act = act
        super().__init__(act)

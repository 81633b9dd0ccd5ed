"""What is still missing in a profile, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from experts import queries
from experts.models import Expert
from experts.models.rows import Row

NOT_STARTED, IN_PROGRESS, COMPLETE = "not_started", "in_progress", "complete"
IDENTITY = ("address", "city", "country", "phone", "vat_status")


@dataclass(frozen=True)
class Part:
    """One part of the profile: where it is written, how far it is, what is there."""

    name: str
    label: str
    url_name: str
    state: str
    hint: str


def parts_of(expert: Expert) -> list[Part]:
    """Return the six parts in the order of the page; rows not complete count as begun."""
    person = expert.user
    return [
        _identity(expert),
        _rows("languages", gettext("Languages"), list(queries.languages_of(person))),
        _expertise(expert),
        _rows("education", gettext("Education"), list(queries.education_of(person))),
        _rows("experience", gettext("Experience"), list(queries.experience_of(person))),
        _cv(expert),
    ]


def _identity(expert: Expert) -> Part:
    given = [name for name in IDENTITY if getattr(expert, name)]
    whole = len(given) == len(IDENTITY) and bool(expert.user.full_name)
    state = COMPLETE if whole else IN_PROGRESS if given else NOT_STARTED
    return Part("identity", gettext("Identity and status"), "profile_identity", state, expert.user.full_name)


def _expertise(expert: Expert) -> Part:
    count = len(expert.fields)
    state = COMPLETE if count or expert.other_fields else IN_PROGRESS if expert.summary else NOT_STARTED
    hint = ngettext("%(count)s field", "%(count)s fields", count) % {"count": count} if count else ""
    return Part("expertise", gettext("Fields of expertise"), "profile_expertise", state, hint)


def _rows(name: str, label: str, rows: Sequence[Row]) -> Part:
    ready = sum(row.is_complete for row in rows)
    state = COMPLETE if rows and ready == len(rows) else IN_PROGRESS if rows else NOT_STARTED
    hint = ", ".join(str(row) for row in rows[:4]) + ("…" if len(rows) > 4 else "")
    return Part(name, label, f"profile_{name}", state, hint)


def _cv(expert: Expert) -> Part:
    state = COMPLETE if expert.cv_id else NOT_STARTED
    return Part("cv", gettext("Curriculum vitae"), "profile_cv", state, expert.cv.name if expert.cv else "")


def progress_of(parts: Sequence[Part]) -> dict[str, Any]:
    """Return how many parts are complete, out of how many."""
    return {"done": sum(part.state == COMPLETE for part in parts), "all": len(parts)}
